using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// The forward pass of a normalization within samples: group by group, each read from memory for its sums and then, from the
/// cache if it fits there, normalized. All in double. The groups are shared out among the threads.
/// </summary>
internal unsafe struct GroupForward<T, TLanes> : IWork
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLanes : unmanaged, ILanes<TLanes>
{
    // So few values that those of x, γ and β stay in the nearest cache; and as many groups as share a reading of γ and β.
    private const int BlockValues = 2048;
    private const int GroupsTogether = 4;

    public GroupShape Shape;
    public T* X;
    public T* Y;
    public T* Weight;           // γ, or null for ones
    public T* Bias;             // β, or null for zeros
    public double* Mean;        // μ of each group: worked out if MeanOfInput, else given
    public double* Variance;    // σ² likewise
    public bool MeanOfInput;
    public bool VarianceOfInput;
    public double Eps;
    public Streaming Stream;

    public readonly void Run(int part, int parts)
    {
        var (first, end) = ((int)((long)Shape.Groups * part / parts), (int)((long)Shape.Groups * (part + 1) / parts));
        var together = Shape.S == 1 ? GroupsTogether : 1;
        for (var group = first; group < end; group += together)
        {
            var some = Math.Min(together, end - group);
            for (var g = group; VarianceOfInput && g < group + some; g++)
                Measure(g);
            if (Shape.S == 1)
                NormalizeEach(group, some);
            else
                Normalize(group);
        }
    }

    // As for batch norm, sums of x − k, and once more where k was unlike the others; around a given mean, k is that.
    private readonly void Measure(int group)
    {
        var k = MeanOfInput ? BatchNormKernel<T>.Near(X[Shape.Start(group)]) : Mean[group];
        if (Measure(group, k) && MeanOfInput)
            Measure(group, double.IsFinite(Mean[group]) ? Mean[group] : 0);
    }

    private readonly bool Measure(int group, double k)
    {
        double sum = 0, squares = 0;
        Rows<T, TLanes>.Sums(X + Shape.Start(group), Shape.M, k, ref sum, ref squares);
        var perM = 1.0 / Shape.M;
        var meanOfD = MeanOfInput ? sum * perM : 0;
        Mean[group] = k + meanOfD;
        Variance[group] = Math.Max(0, squares * perM - meanOfD * meanOfD);
        return !(meanOfD * meanOfD <= BatchNormKernel<T>.MostOff * Variance[group]);        // also of NaN: there may have been an overflow
    }

    // Each row of S values has its own γ and β.
    private readonly void Normalize(int group)
    {
        var inverseStd = 1 / Math.Sqrt(Variance[group] + Eps);
        for (var i = Shape.Start(group); i < Shape.Start(group) + Shape.M; i += Shape.S)
        {
            var parameter = Shape.Parameter(i);
            var scale = Weight is null ? inverseStd : double.CreateTruncating(Weight[parameter]) * inverseStd;
            var shift = Bias is null ? 0 : double.CreateTruncating(Bias[parameter]);
            Rows<T, TLanes>.Normalize(X + i, Y + i, Shape.S, Mean[group], scale, shift, Stream);
        }
    }

    // Each value has its own γ and β, which may take more memory than the group: a block of them at a time, for several groups.
    private readonly void NormalizeEach(int group, int groups)
    {
        for (var block = 0L; block < Shape.M; block += BlockValues)
        {
            for (var g = group; g < group + groups; g++)
            {
                var i = Shape.Start(g) + (int)block;
                var parameter = Shape.Parameter(i);
                RowsEach<T, TLanes>.Normalize(
                    X + i, Y + i, (int)Math.Min(BlockValues, Shape.M - block), Mean[g], 1 / Math.Sqrt(Variance[g] + Eps),
                    Weight is null ? null : Weight + parameter, Bias is null ? null : Bias + parameter,
                    Stream with { Next = BlockValues });
            }
        }
    }
}
