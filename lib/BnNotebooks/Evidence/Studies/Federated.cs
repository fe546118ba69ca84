using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>What the studies of notebook 18 on clients that train together have in common.</summary>
static class Federated
{
    // The seeds that choose a rate test on a fifth of the training digits.
    static readonly Lazy<DataSet> toChoose = new(() => DataSet.Split(DataSets.Digits.Name, DataSets.Digits.Train, testShare: 0.2, seed: 1));

    /// <summary>The digits, or those to choose a rate by.</summary>
    public static DataSet DataFor(int seed) => seed >= TrainedSide.FirstTuningSeed ? toChoose.Value : DataSets.Digits;

    /// <summary>What one client trains.</summary>
    public static Experiment Client(DataSet data, Norm norm, double rate, int steps, int batchSize) => new()
    {
        Data = data,
        Network = new Perceptron(64, 64),
        Normalization = norm,
        Init = WeightInit.He,
        LearningRate = rate,
        BatchSize = batchSize,
        Steps = steps,
    };

    /// <summary>Trains clients together, and gives the mean accuracy on their test data.</summary>
    public static double Accuracy(IReadOnlyList<DataSet> clients, Norm norm, double rate, int seed, int rounds, int localSteps, int batchSize, bool normsStayLocal)
    {
        using var federation = new Federation(clients.Select(data => Client(data, norm, rate, rounds * localSteps, batchSize)), seed, normsStayLocal);
        for (var round = 0; round < rounds; round++)
            federation.Round(localSteps);
        return federation.Accuracy();
    }

    /// <summary>All that the accuracy depends on but the rate.</summary>
    public static string What(int clients, int rounds, int localSteps, int batchSize, Norm norm, string data) =>
        $"{clients} clients, {data}; {rounds} rounds of {localSteps} steps; {Client(DataSets.Digits, norm, rate: 1, rounds * localSteps, batchSize).Settings()}; rates chosen on a fifth of the training data";
}
