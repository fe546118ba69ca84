using System.Buffers;
using System.Numerics.Tensors;
using static BnNotebooks.Core.Tests.Mistakes.Mistake;

namespace BnNotebooks.Core.Tests.Mistakes;

/// <summary>With batch norm, an addition and a ReLU in one pass: shapes, and whose memory is whose.</summary>
internal static class SumMistakes
{
    static readonly nint[] Shape = [4, 3];

    public static readonly Mistake[] All =
    [
        Input("sum: wrong feature count", "input", ["C = 3", "dimension 1 is 5"], _ => new BatchNormAddReLU(3).Forward(Zeros(4, 5), Zeros(4, 5))),
        Input("sum: residual of another shape", "residual", ["(4, 3)", "(4, 2)"], _ => new BatchNormAddReLU(3).Forward(New(), Zeros(4, 2))),
        Input("sum: output of another shape", "output", ["(4, 3)", "(4, 2)"], _ => new BatchNormAddReLU(3).Forward(New(), New(), Zeros(4, 2))),
        Input("sum: strided output", "output", ["dense tensor"], _ => new BatchNormAddReLU(3).Forward(New(), New(), Strided())),
        Input("sum: output over a part of the residual", "output", ["overlap", "'residual'"], _ =>
        {
            var memory = Zeros(5, 3);
            new BatchNormAddReLU(3).Forward(New(), Rows(memory, 0), Rows(memory, 1));
        }),
        Of("input", "output", memory => new BatchNormAddReLU(3).Forward(memory, New(), memory)),

        Invalid("sum: backward before forward", ["BatchNormAddReLU.Backward", "GradEnabled", "Forward first"],
            _ => new BatchNormAddReLU(3).Backward(New())),
        Input("sum: gradient of another shape", "gradOutput", ["(4, 3)", "(4, 2)"], _ => Passed().Backward(Zeros(4, 2), New(), New())),
        Input("sum: input's gradient of another shape", "gradInput", ["(4, 3)", "(4, 2)"], _ => Passed().Backward(New(), Zeros(4, 2), New())),
        Input("sum: residual's gradient of another shape", "gradResidual", ["(4, 3)", "(4, 2)"], _ => Passed().Backward(New(), New(), Zeros(4, 2))),
        Input("sum: strided gradient of the input", "gradInput", ["dense tensor"], _ => Passed().Backward(New(), Strided(), New())),
        Input("sum: strided gradient of the residual", "gradResidual", ["dense tensor"], _ => Passed().Backward(New(), New(), Strided())),
        Input("sum: residual's gradient over a part of the output's", "gradResidual", ["overlap", "'gradOutput'"], _ =>
        {
            var memory = Zeros(5, 3);
            Passed().Backward(Rows(memory, 0), New(), Rows(memory, 1));
        }),
        Of("gradOutput", "gradInput", memory => Passed().Backward(memory, memory, New())),
        Of("gradResidual", "gradInput", memory => Passed().Backward(New(), memory, memory)),
        Of("input", "gradInput", memory => Passed(input: memory).Backward(New(), memory, New())),
        Of("output", "gradInput", memory => Passed(output: memory).Backward(New(), memory, New())),
        Of("input", "gradResidual", memory => Passed(input: memory).Backward(New(), New(), memory)),
        Of("output", "gradResidual", memory => Passed(output: memory).Backward(New(), New(), memory)),
    ];

    static Mistake Of(string one, string other, Action<Tensor<float>> make) =>
        Input($"sum: {other} in the memory of {one}", other, [$"apart from that of '{one}'"], _ => make(New()));

    static BatchNormAddReLU Passed(Tensor<float>? input = null, Tensor<float>? output = null)
    {
        var layer = new BatchNormAddReLU(3);
        layer.Forward(input ?? New(), New(), output ?? New());
        return layer;
    }

    static Tensor<float> New() => Zeros(Shape);

    static Tensor<float> Strided() => Tensor.Create(new float[24], Shape, [6, 2]);

    static Tensor<float> Rows(Tensor<float> memory, int first) => memory.Slice([new NRange(first, first + 4), NRange.All]);
}
