using TorchSharp;
using BatchNorm = TorchSharp.Modules.BatchNorm;

namespace BnNotebooks.Clinic;

/// <summary>A network of batch norms that keeps its layers in a list of .NET's, as one does who comes from another framework.</summary>
public sealed class Tower : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    const int Height = 3;

    Tower(Action<Tower, BatchNorm> add) : base(nameof(Tower))
    {
        for (var i = 0; i < Height; i++)
            add(this, new SteadyBatchNorm(4));
        RegisterComponents();
    }

    /// <summary>The layers from input to output.</summary>
    public IList<BatchNorm> Layers { get; } = [];

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor x) => Layers.Aggregate(x, (y, layer) => layer.call(y));

    /// <summary>How many of its three batch norms are still in training mode after <c>eval()</c>.</summary>
    /// <param name="add">How a layer is added.</param>
    public static Outcome InTrainingAfterEval(Action<Tower, BatchNorm> add)
    {
        using var tower = new Tower(add);
        tower.eval();
        return tower.Layers.Count(layer => layer.training);
    }

    /// <summary>How many parameters an optimizer would get.</summary>
    /// <param name="add">How a layer is added.</param>
    public static Outcome ParametersFound(Action<Tower, BatchNorm> add)
    {
        using var tower = new Tower(add);
        return tower.parameters().Count();
    }
}
