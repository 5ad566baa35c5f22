import Matcher
import TableFiles

/// Opens files of rows and cells for commands; what cannot be read is said in the user's language.
package struct TableInput {
  package let corpus: Corpus
  package let language: Language

  package init(corpus: Corpus, language: Language) {
    self.corpus = corpus
    self.language = language
  }

  /// Opens a path, or `-` for standard input.
  package func open(_ path: String, encoding: TextEncoding? = nil) throws -> TableFile {
    let source = try FileSource.open(path)
    do throws(TableFileError) {
      return try TableFile.open(source, name: path, encoding: encoding, corpus: corpus)
    } catch {
      throw commandError(error, path)
    }
  }

  /// Reads all tables of an open file into the consumer.
  package func read(
    _ file: TableFile, paragraphs: Bool = false, into consumer: inout some SheetConsumer
  ) throws -> TableFile.Reading {
    do throws(TableFileError) {
      return try file.read(paragraphs: paragraphs, into: &consumer)
    } catch {
      throw commandError(error, file.name)
    }
  }

  package func commandError(_ error: TableFileError, _ path: String) -> CommandError {
    let values = error.values.merging(["file": path]) { $1 }
    return .input(corpus.texts.text(error.id, language, values))
  }

  /// How a text file was read: `encoding gb18030 (told by the bytes, surely)`.
  package func sentence(_ encoding: DetectedEncoding) -> String {
    let basis = corpus.texts.text(
      "file.basis.\(encoding.basis.rawValue)", language, ["other": encoding.other?.rawValue ?? ""])
    return corpus.texts.text(
      "file.encoding", language, ["encoding": encoding.encoding.rawValue, "basis": basis])
  }
}
