using System.Collections;
using System.Text;

namespace Microsoft.Data.Analysis;

/// <summary>
/// The lines of a CSV text as cells. Blank lines are skipped and cells trimmed. A cell in quotes may hold separators, line
/// breaks and doubled quotes; a quote inside a cell that did not begin with one is a character like any other.
/// </summary>
sealed class CsvLines(TextReader reader, char separator) : IEnumerable<string[]>
{
    bool sawQuotes;

    public IEnumerator<string[]> GetEnumerator()
    {
        while (reader.Peek() >= 0)
        {
            sawQuotes = false;
            List<string> cells = [ReadCell()];
            while (reader.Peek() == separator)
            {
                reader.Read();
                cells.Add(ReadCell());
            }
            if (reader.Read() == '\r' && reader.Peek() == '\n')
                reader.Read();
            if (sawQuotes || cells is not [""])
                yield return [.. cells];
        }
    }

    /// <summary>Reads up to the separator or line break that ends the cell, leaving it in the reader.</summary>
    string ReadCell()
    {
        var cell = new StringBuilder();
        while (!AtEndOfCell())
        {
            var c = (char)reader.Read();
            if (c == '"' && string.IsNullOrWhiteSpace(cell.ToString()))
                return ReadQuoted();
            cell.Append(c);
        }
        return cell.ToString().Trim();
    }

    /// <summary>Reads a quoted cell from after its opening quote, and drops what follows its closing one.</summary>
    string ReadQuoted()
    {
        sawQuotes = true;
        var cell = new StringBuilder();
        while (true)
        {
            var c = reader.Read();
            if (c < 0)
                throw new FormatException($"A quoted cell is not closed before the end of the text: \"{cell}");
            if (c == '"' && reader.Peek() != '"')
                break;
            if (c == '"')
                reader.Read();
            cell.Append((char)c);
        }
        while (!AtEndOfCell())
            reader.Read();
        return cell.ToString().Trim();
    }

    bool AtEndOfCell() => reader.Peek() is var next && (next < 0 || next == separator || next == '\r' || next == '\n');

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
