namespace BnNotebooks.Evidence;

/// <summary>The learning rates …, 0.1, 0.2, 0.5, 1, 2, 5, ….</summary>
static class RateSeries
{
    static readonly double[] Steps = [1, 2, 5];

    public static double After(double rate) => At(Position(rate) + 1);

    public static double Before(double rate) => At(Position(rate) - 1);

    static int Position(double rate)
    {
        var power = (int)Math.Floor(Math.Log10(rate) + 1e-9);
        var step = Array.FindIndex(Steps, step => Math.Abs(rate / Math.Pow(10, power) / step - 1) < 1e-6);
        return step >= 0 ? 3 * power + step : throw new ArgumentOutOfRangeException(nameof(rate), rate, "Expected a learning rate of the series 1, 2, 5, 10, ….");
    }

    // By division where the power is negative: 2 / 10 is the double nearest to 0.2, and 2 × 10⁻¹ is not always.
    static double At(int position)
    {
        var power = Math.DivRem(position, 3, out var step);
        if (step < 0)
            (power, step) = (power - 1, step + 3);
        return power < 0 ? Steps[step] / Math.Pow(10, -power) : Steps[step] * Math.Pow(10, power);
    }
}
