using BnNotebooks.Views;

namespace BnNotebooks.Evidence;

/// <summary>A study whose sides are the pairs of two things, such as a method and a batch size, as tables and lines.</summary>
/// <param name="Study">The study's name.</param>
/// <param name="Metric">Which number.</param>
/// <param name="Side">The name of the side for a row and a column.</param>
public sealed record EvidenceGrid(string Study, string Metric, Func<string, string, string> Side)
{
    readonly Results results = EvidenceFile.Read(Study);
    readonly StudyRecord record = EvidenceFile.ReadRecord(Study);

    /// <summary>Each side's share in percent with its 95 % interval, and below it the start and learning rate that were chosen for it.</summary>
    /// <param name="corner">What the rows are.</param>
    /// <param name="rows">The rows, from the top.</param>
    /// <param name="columns">The columns, from the left.</param>
    public Table Percent(string corner, IReadOnlyList<string> rows, IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(columns);
        string Cell(string row, string column) => Find(row, column) is { } side
            ? FormattableString.Invariant($"{Say.Percent(results.Mean(side.Name, Metric))} ({side.Start} {side.Rate})") : "";
        return new Table([corner, .. columns], [.. rows.Select(row => (string[])[row, .. columns.Select(column => Cell(row, column))])])
        {
            Caption = $"{Metric}, mean ± 95 % interval over {record.Seeds} seeds, committed in data/evidence/{Study}.csv; in parentheses start and learning rate, chosen on other seeds and samples",
        };
    }

    /// <summary>One row as a line over the columns, for <c>Panels.Bands</c>: name, places, means, lower and upper ends.</summary>
    /// <param name="row">The row.</param>
    /// <param name="columns">The columns as numbers.</param>
    public (string Name, double[] X, double[] Mean, double[] Low, double[] High) Line(string row, params double[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        Estimate[] all = [.. columns.Select(column => results.Mean(Side(row, FormattableString.Invariant($"{column}")), Metric))];
        return (row, columns, [.. all.Select(each => each.Value)], [.. all.Select(each => each.Low)], [.. all.Select(each => each.High)]);
    }

    SideRecord? Find(string row, string column) => record.Sides.FirstOrDefault(side => side.Name == Side(row, column));
}
