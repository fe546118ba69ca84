using TorchSharp;
using TorchSharp.Modules;

namespace BnNotebooks.Experiments.Layers;

/// <summary>
/// A connection around some layers as two: the first remembers its input, the last adds it, x + α·f(x). α is 1, or it is learned
/// and starts at 0, so that the network starts as if the layers were not there (SkipInit: De and Smith 2020).
/// </summary>
sealed class Skip
{
    torch.Tensor? kept;

    public Skip(bool learnedScale) => (Begin, End) = (new Beginning(this), new Ending(this, learnedScale));

    /// <summary>Stands before the layers.</summary>
    public torch.nn.Module<torch.Tensor, torch.Tensor> Begin { get; }

    /// <summary>Stands behind them.</summary>
    public torch.nn.Module<torch.Tensor, torch.Tensor> End { get; }

    sealed class Beginning(Skip skip) : torch.nn.Module<torch.Tensor, torch.Tensor>(nameof(Beginning))
    {
        public override torch.Tensor forward(torch.Tensor x) => skip.kept = x;
    }

    sealed class Ending : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        readonly Skip skip;
        readonly Parameter? scale;

        public Ending(Skip skip, bool learnedScale) : base(nameof(Ending))
        {
            this.skip = skip;
            if (!learnedScale)
                return;
            scale = torch.nn.Parameter(torch.zeros(1));
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
