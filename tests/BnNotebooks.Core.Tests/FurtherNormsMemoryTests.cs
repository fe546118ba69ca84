using System.Numerics.Tensors;

namespace BnNotebooks.Core.Tests;

/// <summary>Whatever way a tensor lies in memory, the further norms give the same numbers.</summary>
public class FurtherNormsMemoryTests
{
    public static TheoryData<string, bool> Kinds =>
        new MatrixTheoryData<string, bool>(["switchable", "attentive", "stochastic", "weight"], [true, false]);

    [Theory, MemberData(nameof(Kinds))]
    public void In_place_gives_the_same_output_and_the_same_gradients(string kind, bool training)
    {
        var (x, gradient) = (Data.Normal<float>(seed: 1, [4, 3, 3]), Data.Normal<float>(seed: 2, [4, 3, 3]));
        var (apart, inPlace) = (FurtherNormsStateTests.Make(kind, seed: 1), FurtherNormsStateTests.Make(kind, seed: 1));
        apart.Train(training);
        inPlace.Train(training);
        var expected = apart.Forward(x);
        var expectedGradient = apart.Backward(gradient);

        inPlace.Forward(x, x);
        inPlace.Backward(gradient, gradient);

        Close.Assert(expected, x, 0, "output");
        Close.Assert(expectedGradient, gradient, 0, "gradInput");
        foreach (var (a, b) in apart.Parameters.Zip(inPlace.Parameters))
            Close.Assert(a.Grad, b.Grad, 0, $"{a.Name}.grad");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_transposed_view_gives_what_its_copy_gives(string kind, bool training)
    {
        var memory = Data.Normal<float>(seed: 3, [4 * 3 * 3]).ToArray();
        var view = new ReadOnlyTensorSpan<float>(memory, [4, 3, 3], [9, 1, 3]);
        var copy = new float[36];
        view.FlattenTo(copy);
        var (a, b) = (FurtherNormsStateTests.Make(kind, seed: 1), FurtherNormsStateTests.Make(kind, seed: 1));
        a.Train(training);
        b.Train(training);

        Close.Assert(a.Forward(Tensor.Create(copy, [4, 3, 3])), b.Forward(view), 0, "output");
    }
}
