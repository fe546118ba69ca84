namespace BnNotebooks.Evidence;

/// <summary>
/// The words for what an interval says. A sentence with a direction is made here and nowhere else, so that it can't say more
/// than its numbers carry, and changes with them.
/// </summary>
public static class Say
{
    /// <summary>A difference: <c>3.2 points more (2.1 to 4.3)</c>, or <c>no clear difference (0.4 points less to 0.9 more)</c>.</summary>
    /// <param name="difference">In the unit that is named.</param>
    /// <param name="unit">For example <c>points</c>.</param>
    /// <param name="more">The word where it is above 0.</param>
    /// <param name="less">The word where it is below 0.</param>
    public static string By(Estimate difference, string unit, string more = "ahead", string less = "behind") => difference switch
    {
        { Above: true } => $"{difference.Digits(difference.Value)} {unit} {more} ({difference.Digits(difference.Low)} to {difference.Digits(difference.High)})",
        { Below: true } => $"{difference.Digits(-difference.Value)} {unit} {less} ({difference.Digits(-difference.High)} to {difference.Digits(-difference.Low)})",
        _ => $"no clear difference ({Range(difference, unit, more, less)})",
    };

    // The interval with its directions, so that nobody has to guess which side a minus sign means. It need not hold 0: one of several
    // comparisons that are looked at together can be unclear all the same.
    static string Range(Estimate difference, string unit, string more, string less) =>
        difference.High <= 0 ? $"{difference.Digits(-difference.High)} to {difference.Digits(-difference.Low)} {unit} {less}"
        : difference.Low >= 0 ? $"{difference.Digits(difference.Low)} to {difference.Digits(difference.High)} {unit} {more}"
        : $"{difference.Digits(-difference.Low)} {unit} {less} to {difference.Digits(difference.High)} {more}";

    /// <summary>A difference of accuracies, given as shares, in percentage points.</summary>
    public static string Points(Estimate difference, string more = "ahead", string less = "behind") => By(difference.Times(100), "points", more, less);

    /// <summary>A factor: <c>2.8 times as many (2.5 to 3.1)</c>, below 1 the other way round, or <c>no clear difference (0.9 to 1.1 times)</c>.</summary>
    /// <param name="factor">Without a unit.</param>
    /// <param name="more">What follows the number where it is above 1, for example <c>times as many steps</c>.</param>
    /// <param name="less">What follows its inverse where it is below 1, for example <c>times fewer steps</c>.</param>
    public static string Times(Estimate factor, string more, string less)
    {
        if (!factor.Below)
            return factor.Above ? $"{factor.Digits(factor.Value)} {more} ({factor.Digits(factor.Low)} to {factor.Digits(factor.High)})"
                : $"no clear difference ({factor.Digits(factor.Low)} to {factor.Digits(factor.High)} times)";
        var inverse = factor with { Value = 1 / factor.Value, Low = 1 / factor.High, High = 1 / factor.Low };
        return $"{inverse.Digits(inverse.Value)} {less} ({inverse.Digits(inverse.Low)} to {inverse.Digits(inverse.High)})";
    }

    /// <summary>A share of a gain: <c>most of it, 85 % (80 to 91)</c>, or <c>nothing that shows (−10 to 12 %)</c>.</summary>
    /// <param name="share">Of 1; NaN where there is no gain.</param>
    public static string Share(Estimate share)
    {
        var percent = share.Times(100);
        var numbers = $"{percent.Digits(percent.Value)} % ({percent.Digits(percent.Low)} to {percent.Digits(percent.High)})";
        return share switch
        {
            { Value: double.NaN } => "there is no gain to explain",
            { Above: true, Low: >= 0.5 } => $"most of it, {numbers}",
            { Above: true, High: <= 0.5 } => $"the smaller part, {numbers}",
            { Above: true } => $"a part, {numbers}",
            { Below: true } => $"less than nothing, {numbers}",
            _ => $"nothing that shows ({percent.Digits(percent.Low)} to {percent.Digits(percent.High)} %)",
        };
    }

    /// <summary>One of three words or phrases.</summary>
    public static string Which(Estimate estimate, string above, string below, string neither) =>
        estimate.Above ? above : estimate.Below ? below : neither;

    /// <summary>A share with its interval in percent: <c>92.8 ± 1.1 %</c>.</summary>
    public static string Percent(Estimate share)
    {
        var percent = share.Times(100);
        var half = percent with { Low = -(percent.High - percent.Low) / 2, High = (percent.High - percent.Low) / 2 };
        return $"{percent.Digits(percent.Value)} ± {half.Digits(half.High)} %";
    }

    /// <summary>A number with its interval: <c>35 ± 9</c>.</summary>
    public static string Number(Estimate mean)
    {
        var half = (mean.High - mean.Low) / 2;
        return $"{mean.Digits(mean.Value)} ± {mean.Digits(half)}";
    }
}
