using TorchSharp;
using TorchSharp.Modules;

namespace BnNotebooks.Experiments.Layers;

/// <summary>
/// A connection around some layers as two: the first remembers its input, the last adds it, x + α·f(x). α is 1, or it is learned;
/// where it starts at 0, the network starts as if the layers were not there (SkipInit: De and Smith 2020).
/// </summary>
sealed class Skip
{
    torch.Tensor? kept;

    /// <param name="scaleFrom">What a learned α starts at, or null for none.</param>
    public Skip(double? scaleFrom) => (Begin, End) = (new Beginning(this), new Ending(this, scaleFrom));

    /// <summary>Stands before the layers.</summary>
    public torch.nn.Module<torch.Tensor, torch.Tensor> Begin { get; }

    /// <summary>Stands behind them.</summary>
    public torch.nn.Module<torch.Tensor, torch.Tensor> End { get; }

    /// <summary>Whether a layer is the beginning of a connection.</summary>
    public static bool Begins(torch.nn.Module layer) => layer is Beginning;

    /// <summary>Whether a layer is the end of one.</summary>
    public static bool Ends(torch.nn.Module layer) => layer is Ending;

    sealed class Beginning(Skip skip) : torch.nn.Module<torch.Tensor, torch.Tensor>(nameof(Beginning))
    {
        public override torch.Tensor forward(torch.Tensor x) => skip.kept = x;
    }

    sealed class Ending : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        readonly Skip skip;
        readonly Parameter? scale;

        public Ending(Skip skip, double? scaleFrom) : base(nameof(Ending))
        {
            this.skip = skip;
            if (scaleFrom is not { } start)
                return;
            scale = torch.nn.Parameter(torch.tensor([(float)start]));
            register_parameter(nameof(scale), scale);
        }

        public override torch.Tensor forward(torch.Tensor y)
        {
            var x = skip.kept ?? throw new InvalidOperationException("The end of a skip connection was called without its beginning.");
            skip.kept = null;
            return x.Plus(scale is null ? y : scale * y);
        }
    }
}
