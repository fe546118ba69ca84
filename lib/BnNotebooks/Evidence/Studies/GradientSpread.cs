using BnNotebooks.Claims;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 09: do all layers of a deep network get gradients of one size at its start?</summary>
static class GradientSpread
{
    public const string Name = "gradient-spread", Ratio = "largest over smallest", SigmoidPlain = "sigmoid; Xavier", SigmoidNormed = "sigmoid; batch norm",
        ReLUPlain = "ReLU; He", ReLUNormed = "ReLU; batch norm";

    public static Study Make()
    {
        Side Side(string name, Activation activation, WeightInit start, Norm norm)
        {
            var experiment = new Experiment
            {
                Data = DataSets.Digits,
                Network = Perceptron.Deep(20, 50) with { Activation = activation },
                Init = start,
                Normalization = norm,
            };
            return new MeasuredSide(name, $"{experiment.Settings()}; start {start}; no training; first batch", seed =>
            {
                using var training = experiment.Start(seed);
                double[] gradients = [.. Signals.Of(training).Select(layer => layer.WeightGradient)];
                return [gradients.Max() / gradients.Min()];
            });
        }
        return new Study
        {
            Name = Name,
            Question = "One batch of 60 digits through perceptrons of 20 untrained hidden layers of 50, the good start of each activation: how many times larger is the largest gradient norm of a layer's weights than the smallest?",
            Metrics = [Ratio],
            Sides =
            [
                Side("sigmoid; default", Activation.Sigmoid, WeightInit.PyTorch, Norm.None),
                Side(SigmoidPlain, Activation.Sigmoid, WeightInit.Xavier, Norm.None),
                Side(SigmoidNormed, Activation.Sigmoid, WeightInit.Xavier, Norm.Batch),
                Side("ReLU; default", Activation.ReLU, WeightInit.PyTorch, Norm.None),
                Side(ReLUPlain, Activation.ReLU, WeightInit.He, Norm.None),
                Side(ReLUNormed, Activation.ReLU, WeightInit.He, Norm.Batch),
            ],
            Judgements =
            [
                new("stable-gradients",
                    results => Estimate.Holm(Sigmoids(results), ReLUs(results)) switch
                    {
                        [{ Above: true }, { Above: true }] => Verdict.Holds,
                        [{ Above: true }, _] or [_, { Above: true }] => Verdict.HoldsIf, // if it is that activation
                        [{ Below: true }, { Below: true }] => Verdict.Wrong,
                        _ => Verdict.Contested,
                    },
                    results => $"with batch norm the gradients of the layers differ {Say.Times(Sigmoids(results), "times less", "times more")} with sigmoids, and {Say.Times(ReLUs(results), "times less", "times more")} with ReLU"),
            ],
            Sentences = new Dictionary<string, Func<Results, string>>
            {
                ["sigmoid"] = results => Say.Times(Sigmoids(results), "times less", "times more"),
                ["relu"] = results => Say.Times(ReLUs(results), "times less", "times more"),
            },
        };
    }

    static Estimate Sigmoids(Results results) => results.Ratio(SigmoidPlain, SigmoidNormed, Ratio);

    static Estimate ReLUs(Results results) => results.Ratio(ReLUPlain, ReLUNormed, Ratio);
}
