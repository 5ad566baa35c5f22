/// How pages look: on a desk, on a phone, on A4.
enum ReportStyle {
  static let sheet = """
    :root { --ink: #1c2733; --soft: #5b6875; --line: #d5dce3; --head: #eef3f8; --blue: #2469a8;
      --green: #2c7a57; --amber: #b06d12; --red: #a83a3a; }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; }
    body { margin: 0 auto; max-width: 1080px; padding: 16px 20px 48px; color: var(--ink);
      background: #fff; font: 15px/1.65 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC",
      "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei", system-ui, sans-serif; }
    [lang="zh-Hant"] { font-family: "PingFang HK", "PingFang TC", "Microsoft JhengHei",
      "Noto Sans CJK HK", "Noto Sans CJK TC", "Noto Sans HK", "Source Han Sans HK", system-ui,
      sans-serif; }
    [lang="en"] { font-family: "Segoe UI", "Helvetica Neue", Arial, "PingFang SC",
      "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
    input[name="language"] { position: absolute; opacity: 0; }
    label { display: inline-block; padding: 4px 14px; border: 1px solid var(--line);
      border-radius: 16px; margin: 0 6px 10px 0; cursor: pointer; color: var(--soft); }
    input:checked + label { background: var(--blue); border-color: var(--blue); color: #fff; }
    input:focus-visible + label { outline: 2px solid var(--amber); outline-offset: 2px; }
    main { display: none; }
    #zh-Hans:checked ~ main[lang="zh-Hans"], #zh-Hant:checked ~ main[lang="zh-Hant"],
    #en:checked ~ main[lang="en"] { display: block; }
    h1 { font-size: 25px; line-height: 1.3; margin: 6px 0 4px; }
    h2 { font-size: 18px; margin: 34px 0 8px; padding-bottom: 4px;
      border-bottom: 2px solid var(--blue); }
    h3 { font-size: 15px; margin: 18px 0 6px; }
    p { margin: 6px 0; }
    .facts, .note, .more { color: var(--soft); font-size: 13px; }
    .warn { border-left: 4px solid var(--amber); background: #fdf6ea; padding: 8px 12px; }
    .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(132px, 1fr)); gap: 10px;
      margin: 14px 0; padding: 0; list-style: none; }
    .cards li { border: 1px solid var(--line); border-radius: 8px; padding: 10px 12px; }
    .cards b { display: block; font-size: 25px; line-height: 1.25;
      font-variant-numeric: tabular-nums; }
    .cards span { color: var(--soft); font-size: 13px; line-height: 1.4; display: block; }
    figure { margin: 12px 0 20px; }
    figcaption { margin-bottom: 6px; }
    figcaption b { display: block; }
    figcaption span { color: var(--soft); font-size: 13px; }
    .scroll { overflow-x: auto; }
    .picture svg { display: block; width: 100%; max-width: 560px; height: auto; }
    .picture .wide-picture svg { max-width: none; }
    .picture text { font-family: inherit; }
    table { border-collapse: collapse; width: 100%; font-size: 14px; line-height: 1.5; }
    th, td { border: 1px solid var(--line); padding: 5px 8px; text-align: left;
      vertical-align: top; overflow-wrap: anywhere; }
    th { background: var(--head); font-weight: 600; overflow-wrap: normal; }
    .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    th.n { white-space: normal; }
    td.s { white-space: nowrap; }
    @media (max-width: 640px) {
      body { padding: 10px 14px 36px; }
      h1 { font-size: 21px; }
      .cards { grid-template-columns: 1fr 1fr; }
      .picture .wide-picture svg { width: 680px; }
      table.wide, table.wide tbody, table.wide tr, table.wide td { display: block; width: 100%; }
      table.wide thead { display: none; }
      table.wide tr { border: 1px solid var(--line); border-radius: 8px; margin-bottom: 8px;
        padding: 4px 10px; }
      table.wide td { border: 0; padding: 2px 0; text-align: left; white-space: normal;
        display: grid; grid-template-columns: 7.2em 1fr; gap: 8px; }
      table.wide td::before { content: attr(data-t); color: var(--soft); font-size: 13px; }
      table.wide td:empty { display: none; }
    }
    @page { size: A4; margin: 14mm 12mm 16mm; }
    @media print {
      body { max-width: none; padding: 0; font-size: 10pt; line-height: 1.5; }
      label { display: none; }
      h1 { font-size: 17pt; }
      h2 { font-size: 13pt; break-after: avoid; margin-top: 18pt; }
      h3, figcaption { break-after: avoid; }
      table { font-size: 8.5pt; }
      thead { display: table-header-group; }
      tr, .cards li, .picture { break-inside: avoid; }
      th, .cards li, rect, .warn { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
      .scroll { overflow: visible; }
      .picture svg { max-width: 100mm; }
      .cards { grid-template-columns: repeat(5, 1fr); }
      .cards b { font-size: 15pt; }
    }

    """
}
