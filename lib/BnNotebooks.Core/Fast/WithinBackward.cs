using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// The backward pass of a normalization within samples; its derivation is with <see cref="SampleNorm{T}"/>. ∂ℓ/∂γ and ∂ℓ/∂β are sums
/// over the samples, so threads that share out the samples need sums of their own.
/// </summary>
/// <remarks>
/// Where there are few γ, the sets are cut into pieces, each with its own sums, which are added up at the end; a set is read from memory
/// for p and q, and then from the cache. Where there are many, as in a layer norm of images, a set would not stay in the cache, and the
/// sums would take more memory than the data: p and q of all sets come first, and then the gradients, block of γ by block of γ, each for
/// all samples. Which of the two, and the pieces, depend on the shape alone, so the result is the same whatever the number of threads.
/// </remarks>
internal sealed unsafe class WithinBackward<T, V> : Work
    where T : unmanaged, IFloatingPointIeee754<T>
    where V : unmanaged, ILanes<V, T>
{
    private const int MostPieces = 16;
    private const int MostParameters = 32 << 10;
    private const int ValuesOfPiece = 64 << 10;     // at least, and twice the γ, so that adding up the pieces takes little beside
    private const int BlockValues = 1024;           // so few that the sums of the γ of a block stay in the nearest cache

    [ThreadStatic]
    private static WithinBackward<T, V>? own;

    /// <summary>A pass to fill in: one for each thread, because it is not to be allocated each time.</summary>
    public static WithinBackward<T, V> Own => own ??= new();

    private enum Round { Pieces, Sets, Blocks }

    private Round round;
    private double* pieceSums;      // of ∂ℓ/∂γ and ∂ℓ/∂β, for all pieces but the first, whose are the results
    private ColumnValues<T> values; // of each set

    public NormShape Shape;
    public T* Dy;
    public T* X;
    public T* Dx;
    public T* Weight;           // γ, or null for ones
    public double* Mean;
    public double* Variance;
    public double* DGamma;
    public double* DBeta;
    public double* Sum;         // Σ ∂ℓ/∂x̂ of each set
    public double* Projection;  // Σ ∂ℓ/∂x̂ · x̂ of each set
    public double Eps;
    public bool MeanOfInput;
    public bool VarianceOfInput;

    /// <summary>Does the pass.</summary>
    public void Execute()
    {
        var (threads, pieces, ofPieces) = (ThreadTeam.For(Shape.Length), Pieces, SumsLength);
        using var scratch = new Scratch(ScratchLength);
        fixed (double* place = scratch.Span)
        {
            pieceSums = place;
            values = new ColumnValues<T>((T*)(place + ofPieces), Shape.Sets);
            new Span<double>(place, (int)ofPieces).Clear();
            new Span<double>(DGamma, Shape.C).Clear();
            new Span<double>(DBeta, Shape.C).Clear();
            if (ByBlock)
            {
                Run(Round.Sets, Math.Min(threads, Shape.Sets));
                Run(Round.Blocks, threads);
                return;
            }
            Run(Round.Pieces, Math.Min(threads, pieces));
            // The pieces added up, always in the same order.
            for (var piece = 1; piece < pieces; piece++)
            {
                var more = place + (piece - 1) * 2L * Shape.C;
                for (var c = 0; c < Shape.C; c++)
                    (DGamma[c], DBeta[c]) = (DGamma[c] + more[c], DBeta[c] + more[Shape.C + c]);
            }
        }
    }

    public override void Run(int part, int parts)
    {
        switch (round)
        {
            case Round.Pieces:
                var pieces = Pieces;
                for (var piece = pieces * part / parts; piece < pieces * (part + 1) / parts; piece++)
                    RunPiece(piece, pieces);
                break;
            case Round.Sets:
                for (var set = Part(Shape.Sets, part, parts); set < Part(Shape.Sets, part + 1, parts); set++)
                    MeasureEach(set);
                break;
            default:
                RunBlocks(part, parts);
                break;
        }
    }

    private bool ByBlock => Shape.S == 1 && Shape.C > MostParameters;

    /// <summary>How many doubles the pass needs room for.</summary>
    public long ScratchLength => SumsLength + (ColumnValues<T>.Rows * (long)Shape.Sets * sizeof(T) + 7) / 8;

    private long SumsLength => (Pieces - 1) * 2L * Shape.C;

    private int Pieces => ByBlock
        ? 1
        : (int)Math.Clamp(Shape.Length / Math.Max(ValuesOfPiece, 2L * Shape.C), 1, Math.Min(Shape.Sets, MostPieces));

    private static int Part(int count, int part, int parts) => (int)((long)count * part / parts);

    private void Run(Round next, int threads)
    {
        round = next;
        ThreadTeam.Run(this, threads);
    }

    private void RunPiece(int piece, int pieces)
    {
        var dGamma = piece == 0 ? DGamma : pieceSums + (piece - 1) * 2L * Shape.C;
        var dBeta = piece == 0 ? DBeta : dGamma + Shape.C;
        var (first, end) = (Part(Shape.Sets, piece, pieces), Part(Shape.Sets, piece + 1, pieces));
        if (Shape.S > 1)
        {
            for (var set = first; set < end; set++)
                RunRows(set, dGamma, dBeta);
            return;
        }
        // Sets with the same γ together, as many as stay in the cache from their sums to their gradients.
        var together = (int)Math.Clamp(CacheSizes.OfCore / 3 / (3 * Shape.M * sizeof(T)), 1, Each<T, V>.Together);
        if (Shape.Groups > 1)
            together = 1;
        for (var set = first; set < end; set += together)
        {
            var some = Math.Min(together, end - set);
            for (var s = set; s < set + some; s++)
                MeasureEach(s);
            var c = set % Shape.Groups * (int)Shape.M;
            ApplyEach(set, some, nextSet: 1, block: 0, (int)Shape.M, c, dGamma, dBeta);
        }
    }

    // The groups of a sample follow one another, and the same ones of the next sample have the same γ.
    private void RunBlocks(int part, int parts)
    {
        var blocksOfSet = ((int)Shape.M + BlockValues - 1) / BlockValues;
        var blocks = Shape.Groups * blocksOfSet;
        for (var b = Part(blocks, part, parts); b < Part(blocks, part + 1, parts); b++)
        {
            var (group, block) = (b / blocksOfSet, b % blocksOfSet * BlockValues);
            for (var n = 0; n < Shape.N; n += Each<T, V>.Together)
                ApplyEach(n * Shape.Groups + group, Math.Min(Each<T, V>.Together, Shape.N - n), nextSet: Shape.Groups, block,
                    (int)Math.Min(BlockValues, Shape.M - block), group * (int)Shape.M + block, DGamma, DBeta);
        }
    }

    private void MeasureEach(int set)
    {
        var (start, k) = (set * Shape.M, T.CreateTruncating(Mean[set]));
        double sum = 0, products = 0;
        Each<T, V>.GradientSums(
            Dy + start, X + start, Weight is null ? null : Weight + set % Shape.Groups * Shape.M, (int)Shape.M, k, ref sum, ref products);
        var rest = Mean[set] - double.CreateTruncating(k);
        Finish(set, sum, rest == 0 ? products : products - rest * sum);
    }

    // Σ ∂ℓ/∂x̂ and Σ ∂ℓ/∂x̂ · x̂ from the sums of ∂ℓ/∂x̂ and of ∂ℓ/∂x̂ · (x − μ); and
    // p = 1/√(σ² + ε) · 1/m · Σ ∂ℓ/∂x̂    q = 1/(σ² + ε) · 1/m · Σ ∂ℓ/∂x̂ · x̂
    private void Finish(int set, double sum, double products)
    {
        var inverseStd = 1 / Math.Sqrt(Variance[set] + Eps);
        (Sum[set], Projection[set]) = (sum, products * inverseStd);
        values.Set(set, Affine<T>.Of(Mean[set], inverseStd, 0));
        values.Set(set, new Through<T>(
            T.CreateTruncating(MeanOfInput ? inverseStd * Sum[set] / Shape.M : 0),
            T.CreateTruncating(VarianceOfInput ? inverseStd * inverseStd * Projection[set] / Shape.M : 0)));
    }

    private void ApplyEach(int set, int sets, int nextSet, int block, int n, int c, double* dGamma, double* dBeta)
    {
        var i = set * Shape.M + block;
        Each<T, V>.Gradient(Dy + i, X + i, Dx + i, sets, (nint)(nextSet * Shape.M), n, values.From(set), nextSet,
            !MeanOfInput && !VarianceOfInput, Weight is null ? null : Weight + c, dGamma + c, dBeta + c,
            Streaming.For(Dy, Dx, Shape.Length, inputs: 2, 0).Output);
    }

    // A set whose rows of S values have each a γ.
    private void RunRows(int set, double* dGamma, double* dBeta)
    {
        var channels = Shape.C / Shape.Groups;
        var (start, c0) = (set * Shape.M, set % Shape.Groups * channels);
        var inverseStd = 1 / Math.Sqrt(Variance[set] + Eps);
        var mean = Affine<T>.Of(Mean[set], 0, 0);
        var rest = Mean[set] - double.CreateTruncating(mean.Mean);
        double sum = 0, products = 0;
        for (var c = c0; c < c0 + channels; c++)
        {
            var i = start + (c - c0) * Shape.S;
            double sumOfRow = 0, productsOfRow = 0;
            Rows<T, V>.GradientSums<Nothing>(Dy + i, X + i, Shape.S, mean, more: null, ref sumOfRow, ref productsOfRow);
            productsOfRow -= rest == 0 ? 0 : rest * sumOfRow;       // of x − k, where k is the element nearest to μ
            dGamma[c] += productsOfRow * inverseStd;                // ∂ℓ/∂γ = Σ ∂ℓ/∂y · (x − μ)/√(σ² + ε)
            dBeta[c] += sumOfRow;                                   // ∂ℓ/∂β = Σ ∂ℓ/∂y
            sum += Gamma(c) * sumOfRow;
            products += Gamma(c) * productsOfRow;
        }
        Finish(set, sum, products);

        var stream = Streaming.For(Dy, Dx, Shape.Length, inputs: 2, (nint)Shape.M);
        for (var c = c0; c < c0 + channels; c++)
        {
            var i = start + (c - c0) * Shape.S;
            Rows<T, V>.Gradient<Nothing>(Dy + i, X + i, Dx + i, Shape.S,
                Affine<T>.Of(Mean[set], Gamma(c) * inverseStd, 0), values.Through(set), more: null, dMore: null, stream);
        }
    }

    private double Gamma(int c) => Weight is null ? 1 : double.CreateTruncating(Weight[c]);
}
