using BnNotebooks.Claims;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 01: how large a learning rate does training stand, with and without batch norm, from the same good starts?</summary>
static class LargestRates
{
    const string Largest = "largest learning rate that trains";

    static readonly WeightInit[] Starts = [WeightInit.Xavier, WeightInit.He];

    public static Study Make()
    {
        var plain = new Experiment { Data = DataSets.Digits, Network = new Perceptron(100, 100, 100), Steps = 400, EvaluateEvery = 10 };
        Side Side(string name, Experiment experiment) => MeasuredSide.On(name, experiment with { LearningRate = 0.2 },
            "and larger ones, four to an octave, until 90 % of the test digits are not reached", seed => [LargestRate.Of(experiment, seed, 0.9)]);
        return new Study
        {
            Name = "largest-rates",
            Question = "Digits, perceptron 100-100-100 with ReLU, SGD, batches of 60: what is the largest learning rate with which training reaches 90 % of the test digits within 400 steps?",
            Seeds = 12, // each trains a dozen networks or two
            Metrics = [Largest],
            Sides =
            [
                .. Starts.Select(start => Side($"plain; {start}", plain with { Init = start })),
                .. Starts.Select(start => Side($"batch norm; {start}", plain with { Init = start, Normalization = Norm.Batch })),
            ],
            Judgements =
            [
                new("more-stable",
                    results => Estimate.Holm([.. Starts.Select(start => Ratio(results, start))]) switch
                    {
                        var all when all.All(ratio => ratio.Above) => Verdict.HoldsIf, // if that is what stable means
                        var all when all.All(ratio => ratio.Below) => Verdict.Wrong,
                        _ => Verdict.Contested,
                    },
                    results => $"the largest rate that trains is, with batch norm, {string.Join(" and ", Starts.Select(start => $"{Sentence(results, start)} from {start}'s start"))}"),
            ],
            Sentences = new Dictionary<string, Func<Results, string>>
            {
                ["xavier"] = results => Sentence(results, WeightInit.Xavier),
                ["he"] = results => Sentence(results, WeightInit.He),
            },
        };
    }

    static Estimate Ratio(Results results, WeightInit start) => results.Ratio($"batch norm; {start}", $"plain; {start}", Largest);

    static string Sentence(Results results, WeightInit start) => Say.Times(Ratio(results, start), "times as large", "times smaller");
}
