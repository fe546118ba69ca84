using FsCheck;
using FsCheck.Fluent;

namespace BnNotebooks.Tests.Live;

/// <summary>A random input, mode and option for a layer over channels: (N, C) to (N, C, D, H, W).</summary>
internal sealed record FurtherNormCase(int Seed, nint[] Shape, double Eps, bool Training, bool Option, int Size, double Mean, double Std)
{
    /// <summary>N, C, and all positions as one dimension.</summary>
    public long[] Flat => [Shape[0], Shape[1], Count / (Shape[0] * Shape[1])];

    public int Features => (int)Shape[1];

    public int Count => (int)Shape.Aggregate((a, b) => a * b);

    private static readonly Gen<FurtherNormCase> Any =
        from seed in Gen.Choose(0, int.MaxValue)
        from rank in Gen.Choose(2, 5)
        from samples in Gen.Choose(1, 6)
        from channels in Gen.Choose(1, 5)
        from positions in Gen.Choose(1, 4).ArrayOf(rank - 2)
        where samples * positions.Aggregate(1, (a, b) => a * b) > 1
        from eps in Gen.Elements(1e-5, 1e-3, 0.5)
        from training in Gen.Elements(true, false)
        from option in Gen.Elements(true, false)
        from size in Gen.Choose(1, 6)
        from mean in Gen.Elements(0, -3, 10.0)
        from std in Gen.Elements(1, 5, 0.2)
        select new FurtherNormCase(seed, [samples, channels, .. positions.Select(length => (nint)length)], eps, training, option, size, mean, std);

    public static void ForAll(int cases, Action<FurtherNormCase> check) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(cases).WithQuietOnSuccess(true), Prop.ForAll(Any.ToArbitrary(), check));

    public override string ToString() => $"seed {Seed}, ({string.Join(", ", Shape)}), eps {Eps}, training {Training}, option {Option}, "
        + $"size {Size}, data {Mean} ± {Std}";
}
