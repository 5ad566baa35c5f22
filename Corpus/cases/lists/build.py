#!/usr/bin/env python3
"""Writes the synthetic park lists of this folder: Big5 CSV, UTF-8 CSV, GB18030 CSV and a workbook.

Everything is made up. Run it after changing a list, then look at every row of `expected.jsonl` again.
Only the Python standard library.
"""
import csv
import io
import os
import zipfile
from xml.sax.saxutils import escape

HERE = os.path.dirname(os.path.abspath(__file__))


def write_csv(name, rows, encoding, delimiter=","):
    width = max(len(row) for row in rows)
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n", delimiter=delimiter).writerows(row + [""] * (width - len(row)) for row in rows)
    with open(os.path.join(HERE, name), "wb") as file:
        file.write(text.getvalue().encode(encoding))


def letter(column):
    return chr(65 + column)


def write_xlsx(name, sheet, rows, merges, hidden):
    """Cells: text, numbers, '=formula' without a value, ('date', serial)."""
    lines = []
    for number, row in enumerate(rows, 1):
        cells = []
        for column, value in enumerate(row):
            place = f"{letter(column)}{number}"
            if value == "":
                continue
            if isinstance(value, tuple):
                cells.append(f'<c r="{place}" s="1"><v>{value[1]}</v></c>')
            elif isinstance(value, (int, float)):
                cells.append(f'<c r="{place}"><v>{value}</v></c>')
            elif value.startswith("="):
                cells.append(f'<c r="{place}"><f>{escape(value[1:])}</f></c>')
            else:
                cells.append(
                    f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>')
        mark = ' hidden="1"' if number in hidden else ""
        lines.append(f'<row r="{number}"{mark}>{"".join(cells)}</row>')
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    areas = "".join(f'<mergeCell ref="{area}"/>' for area in merges)
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'{head}<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/></Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{head}<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        f'<sheet name="{escape(sheet)}" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{head}<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'{head}<styleSheet xmlns="{main}"><fonts count="1"><font/></fonts>'
        '<fills count="1"><fill/></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{main}"><sheetData>{"".join(lines)}'
        f'</sheetData><mergeCells count="{len(merges)}">{areas}</mergeCells></worksheet>',
    }
    with zipfile.ZipFile(os.path.join(HERE, name), "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in parts.items():
            archive.writestr(zipfile.ZipInfo(path, (2026, 11, 20, 0, 0, 0)), text)


def main():
    write_csv("tw_big5.csv", TAIWAN, "big5hkscs")
    write_csv("hk_english.csv", HONG_KONG, "utf-8-sig")
    write_csv("gb_mixed.csv", MAINLAND, "gb18030")
    write_csv("gb_units_row.csv", UNITS_ROW, "gb18030")
    write_csv("tw_groups.tsv", GROUPS, "big5hkscs", "\t")
    write_xlsx("wps_two_rows.xlsx", "中试需求", WPS, ["A1:I1", "A3:A4", "B3:C3", "D3:F3", "G3:H3", "I3:I4", "B6:B7"], {9})


TAIWAN = [
    ["示例創新園區 115年度中試需求彙總表（synthetic）"],
    ["填報日期：115年11月18日"],
    ["項次", "案件名稱", "需求內容", "產業別", "廠商名稱", "預算(新臺幣萬元)", "完成期限", "備註"],
    ["1", "碳化矽功率元件6吋試產", "1200V SiC MOSFET，6吋，25片，需高溫離子注入", "積體電路", "示例電子股份有限公司", "300", "116年3月31日", ""],
    ["2", "協作型機器手臂耐久測試", "負載10kg，100萬次，ISO 10218", "機器人", "示例自動化股份有限公司", "200萬", "116/06/30", ""],
    ["3", "奈米塗層放大", "50公升塗料批次，5批", "新材料", "同上", "", "民國116年5月", ""],
    ["4", "細胞培養基試產", "200L，3批", "生技醫藥", "示例生技股份有限公司", "", "明年第二季", "限經理人"],
    ["5", "電池模組熱擴散測試", "48V模組10組，UL 9540A", "新型儲能", "示例能源股份有限公司", "面議", "二零二七年六月三十日", ""],
    [],
    ["", "小計", "", "", "", "500"],
    ["合計", "5件"],
    ["填表人：示例", "", "", "審核：示例"],
]

HONG_KONG = [
    ["Example Innovation Park - pilot production requests 2026 Q4 (synthetic)"],
    ["As of 18 November 2026"],
    ["Ref", "Project title", "Description", "Sector", "Company name", "BR No.", "Budget (HK$)", "Deadline", "Confidentiality", "Remarks"],
    ["HK-01", "GaN power device pilot run", "650V GaN HEMT, 8 inch, 25 wafers", "Integrated circuits", "Sample Semicon Limited", "12345678-000-11-26-1", "", "30 June 2027", "Public", ""],
    ["HK-02", "UAV EMC test", "Whole UAV, 10 m chamber, up to 18 GHz", "Low-altitude economy", "Sample Drones Ltd.", "23456789", "", "3/4/2027", "Public", ""],
    ["HK-03", "Robot arm life test", "12kg payload, ISO 9283, CNAS report", "Robots", "Sample Robotics Co., Ltd", "", "", "25/12/2026", "Brokers only", ""],
    ["HK-04", "mAb 200 L IND batch", "CHO 200 L single-use, one batch, GMP", "Biotech", "Sample Bio Ltd", "", "", "Q1 2027", "Confidential", "NDA required"],
    ["HK-05", "Battery abuse tests", "18650 cells, UN38.3, 20 pcs. Contact: Sample Person, 9123 4567", "New energy storage", "Sample Energy Ltd", "9.14E+17", "TBC", "Mar 2027", "", ""],
    ["HK-06", "test", "test"],
    ["HK-07", "Ceramic sintering", "SiC ceramic, 2000 degrees C, 30 kg per run", "New materials", "Sample Ceramics Ltd", "", "", "2025-06-30", "Public", ""],
    ["HK-08", "To be confirmed"],
    ["HK-09", "AR glasses test", "20 samples, -10 to 50 degrees C", "AI", "Sample Vision Ltd", "", "", "", "Public", "Withdrawn by applicant"],
    ["Total", "9"],
    ["Prepared by: Sample"],
]

UNITS_ROW = [
    ["附件2："],
    ["某高新区2026年第四季度中试需求征集表（synthetic）"],
    ["填报单位（盖章）：某高新区科创局", "", "", "", "", "", "", "填报时间：2026.11.18"],
    ["序号", "需求单位", "需求名称", "具体技术指标及要求", "技术领域", "拟投入资金", "期望完成时间", "联系方式", "备注"],
    ["", "", "", "", "", "（万元）", "（年月）"],
    ["一、集成电路领域"],
    ["1", "示例芯源半导体有限公司", "8寸SiC器件流片", "8英寸SiC晶圆，12片起，沟槽栅，注入温度不低于600℃", "集成电路", "120", "2027.6", "示例", ""],
    ["2", "同上", "封装可靠性验证", "TO-247封装器件HTOL 1000小时，3批×77只", "集成电路", "35万", "2027年3月底前", "", "不公开企业名称"],
    ["小计", "2项", "", "", "", "155"],
    ["二、新材料领域"],
    ["3", "示例高分子科技有限公司", "PEEK复合材料挤出中试", "双螺杆挤出，产量50～100kg/h，加工温度400℃以下", "新材料", "50-80", "明年二季度", "示例", "先签NDA"],
    ["4", "示例高分子科技有限公司", "聚酰亚胺薄膜涂布", "待定", "新材料", "面议", "2027年底", "示例", ""],
    ["5", "示例膜业（珠海）有限公司", "宽幅涂布试制", "幅宽1.3米，线速度不小于20m/min，千级洁净", "材料", "￥80", "15/4/2027", "示例", "已解决"],
    ["小计", "3项"],
    ["三、其他"],
    ["6", "示例能源有限公司", "电芯热失控测试", "容量280Ah方壳电芯，针刺、过充，依据GB 38031", "新型储能", "60", "春节前", "示例", "限经理人"],
    [],
    ["合计", "6项", "", "", "", "365"],
    ["注：1.资金单位为万元；2.请于每季度末前报送。"],
    ["填表人：示例　　审核人：示例"],
]

GROUPS = [
    ["示例科技園區 115年度試量產需求彙整表（synthetic）"],
    ["", "", "", "", "", "", "製表日期：115/11/10"],
    ["編號", "公司資料", "", "需求", "", "經費", "時程", "備註"],
    ["", "公司名稱", "統一編號", "需求名稱", "需求說明", "預算（新台幣萬元）", "希望完成日", ""],
    ["A01", "範例光電股份有限公司", "12345675", "Micro LED巨量轉移試產", "面板14吋，轉移良率99.99%以上，每月200片", "300", "116/6/30", ""],
    ["A02", "範例生醫股份有限公司", "", "細胞製劑委託生產", "GTP廠房，病毒載體200公升，三批", "1,200", "116年第二季", "保密"],
    ["A03", "範例電池股份有限公司", "", "固態電池試裝", "軟包，20Ah，每批100顆，露點-60℃以下", "視情況", "116年3月底", ""],
    ["A04", "範例電池股份有限公司", "", "固態電池試裝", "軟包，20Ah，每批100顆，露點-60℃以下", "視情況", "116年3月底", ""],
    ["A05", "（範例）XX公司", "", "範例：請依此格式填寫", "範例說明", "100", "116/1/1", "範例"],
    ["A06", "範例精密股份有限公司", "", "減速機壽命測試", "扭矩500 N·m，一萬小時", "NT$150萬", "116/13/1", ""],
    ["小計", "6件", "", "", "", "1750"],
    ["備註：以上經費含稅"],
]

MAINLAND = [
    ["某高新区2026年中试需求征集表（synthetic）"],
    ["序号", "需求名称", "需求描述", "技术指标", "所属领域", "企业名称", "统一社会信用代码", "企业地址", "拟投入资金", "完成时间", "联系人", "联系电话", "备注"],
    ["一、集成电路"],
    ["例", "示例：XX工艺中试", "请按此格式填写"],
    ["1", "SiC外延片中试", "6英寸SiC外延，25片", "厚度均匀性≤3%", "集成电路", "示例一有限公司", "", "广东省深圳市南山区示例路1号", "50万元", "2027年3月31日", "示例", "", ""],
    ["2", "硅光芯片流片", "8寸130nm硅光MPW，联系人：示例 13800000000", "", "集成电路", "示例二有限公司", "91440300MA5EXAMPL1", "白云区示例路", "", "2027/6/30", "示例", "13800000000", ""],
    ["二、新材料"],
    ["3", "高温合金粉末", "气雾化，100kg，粒径15-53μm", "", "", "示例三有限公司", "9.14403E+17", "广州市白云区", "约80万", "2027.03.31", "示例", "", ""],
    ["4", "（机密）某涂层项目", "特种涂层 1000℃", "", "", "示例四有限公司", "", "", "100", "2027-03-31", "", "", ""],
    ["5", "粉末冶金烧结", "烧结炉1600℃，真空", "", "新材料", "示例五有限公司", "", "", "-", "尽快", "", "", "商业秘密，请保密"],
    ["6", "树脂放大", "300L反应釜，5批", "", "100", "2027-05-31", "示例", "13700000000", "", "", "", "", ""],
    ["8", "陶瓷基板金属化", "AlN基板，500片", "", "新材料", "示例七有限公司", "", "", "60万元", "2027年2月30日", "", "", ""],
    ["9", "陶瓷基板 金属化", "AlN基板，500片", "", "新材料", "示例七有限公司", "", "", "60万元", "2027年2月底", "", "", ""],
    ["10", "复合材料固化", "热压罐固化，180℃，0.6MPa，尺寸2m×3m", "", "新材料", "示例九有限公司", "", "", "30-50万元", "3月底前", "", "", ""],
    ["序号", "需求名称", "需求描述", "技术指标", "所属领域", "企业名称", "统一社会信用代码", "企业地址", "拟投入资金", "完成时间", "联系人", "联系电话", "备注"],
    ["11", "", "300L防爆釜聚合，每批200kg", "", "新材料", "示例十有限公司", "", "", "20万/批", "3个月", "", "", ""],
    ["12"],
    ["合计"],
    ["单位（盖章）：", "", "", "", "", "日期：2026年11月15日"],
]

WPS = [
    ["示例科技园中试需求汇总（synthetic）", "", "", "", "", "", "", "", ""],
    ["单位：万元", "", "", "", "", "", "", "", ""],
    ["序号", "企业信息", "", "需求信息", "", "", "投入与时间", "", "备注"],
    ["", "名称", "所在地", "名称", "描述", "所属领域", "拟投入", "完成时间", ""],
    [1, "示例甲有限公司", "深圳市坪山区", "植保无人机抗风测试", "7级风，机身对角2米，CNAS报告", "低空经济", 12.5, ("date", 46387), ""],
    [2, "示例乙有限公司", "惠州市", "动力电池国标安全", "软包电芯75Ah，过充、针刺，CNAS", "新型储能", "=4*3", "2027年1月15日", ""],
    [3, "", "惠州市", "储能变流器并网测试", "3MW PCS低电压穿越，GB/T 34133，CNAS", "新型储能", "", "2027年1月", ""],
    [3, "示例丙有限公司", "", "灵巧手寿命试验", "指尖力20N，一百万次", "机器人", "", "", "勿公开企业名"],
    [4, "示例丁有限公司", "", "隐藏的需求", "涂布600mm，500米", "新材料", "", "", ""],
    ["合计", "", "", "", "", "", "=SUM(G5:G9)", "", ""],
]

if __name__ == "__main__":
    main()
