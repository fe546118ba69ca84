namespace BnNotebooks.Checks;

/// <summary>How far two answers are apart.</summary>
static class RelativeError
{
    /// <summary>
    /// max |a − b| / max(|a| + |b|, s/1000) over the values, where s is the largest |a| or |b|: the relative error that CS231n checks
    /// gradients with, except that a value which is nearly zero beside the others is not asked to be nearly zero in the same way.
    /// Infinite if the shapes differ, or where only one of the two is finite; 0 where both are the same infinity or no number.
    /// </summary>
    public static double Between(Part a, Part b)
    {
        return a.Values is null || b.Values is null || !a.HasShapeOf(b) ? double.PositiveInfinity : OfEach(a.Values, b.Values).DefaultIfEmpty().Max();
    }

    /// <summary>The relative error of each value, with the size of all of them in mind.</summary>
    public static IEnumerable<double> OfEach(double[] a, double[] b)
    {
        var scale = a.Concat(b).Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max();
        return a.Zip(b, (p, q) => Between(p, q, scale));
    }

    static double Between(double a, double b, double scale) =>
        a.Equals(b) ? 0
        : !double.IsFinite(a) || !double.IsFinite(b) ? double.PositiveInfinity
        : Math.Abs(a - b) / Math.Max(Math.Abs(a) + Math.Abs(b), scale / 1000);
}
