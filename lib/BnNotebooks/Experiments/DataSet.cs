using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace BnNotebooks.Experiments;

/// <summary>Data to train on and data to test with. Its files are read when the first sample is asked for.</summary>
public sealed record DataSet
{
    readonly Lazy<(Samples Train, Samples Test)> loaded;

    /// <summary>Data that is there already.</summary>
    /// <param name="name">What it is called in tables.</param>
    /// <param name="train">The samples to learn from.</param>
    /// <param name="test">Samples of the same shape that training never sees.</param>
    public DataSet(string name, Samples train, Samples test) : this(name, () => (train, test)) { }

    internal DataSet(string name, Func<(Samples Train, Samples Test)> load)
    {
        Name = name;
        loaded = new(load);
    }

    /// <summary>What it is called in tables.</summary>
    public string Name { get; init; }

    /// <summary>The samples to learn from.</summary>
    public Samples Train { get => field ?? loaded.Value.Train; init; }

    /// <summary>Samples of the same shape that training never sees.</summary>
    public Samples Test { get => field ?? loaded.Value.Test; init; }

    /// <summary>How many classes there are, or 0 where a number is to be predicted.</summary>
    public int Classes => Train.Labels is { } labels ? labels.Concat(Test.Labels ?? []).Max() + 1 : 0;

    /// <summary>How many outputs a network needs.</summary>
    internal int Outputs => Math.Max(Classes, 1);

    /// <summary>Cuts samples into training and test data at random.</summary>
    /// <param name="name">What the data is called.</param>
    /// <param name="all">All samples.</param>
    /// <param name="testShare">The share of samples for testing, for example 0.2.</param>
    /// <param name="seed">Decides which.</param>
    public static DataSet Split(string name, Samples all, double testShare, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(all);
        var test = (int)Math.Round(all.Count * testShare);
        if (!(test > 0 && test < all.Count))
            throw new ArgumentOutOfRangeException(nameof(testShare), testShare, $"Expected a share that leaves some of the {all.Count} samples on either side.");
        int[] rows = [.. Enumerable.Range(0, all.Count)];
        Draws.Generator(seed, Purpose.Split).Shuffle(rows);
        return new DataSet(name, all.Rows(rows[test..]), all.Rows(rows[..test]));
    }

    /// <summary>Eight digits that tell this data from any other, also from the same data scaled otherwise.</summary>
    internal string Fingerprint
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var samples in (Samples[])[Train, Test])
                hash.AppendData(MemoryMarshal.AsBytes(samples.Values));
            return Convert.ToHexStringLower(hash.GetHashAndReset())[..8];
        }
    }

    /// <summary>
    /// Every input feature with mean 0 and standard deviation 1 over the training data; the test data is moved and scaled by
    /// the training data's statistics. A feature that never changes is only moved.
    /// </summary>
    public DataSet Standardized()
    {
        var (mean, deviation) = FeatureMoments(Train);
        Samples Scaled(Samples samples) => samples.Change((value, feature) => (float)((value - mean[feature]) / deviation[feature]));
        return this with { Train = Scaled(Train), Test = Scaled(Test) };
    }

    static (double[] Mean, double[] Deviation) FeatureMoments(Samples samples)
    {
        var features = samples.Values.Length / samples.Count;
        double[] mean = new double[features], square = new double[features];
        for (var i = 0; i < samples.Values.Length; i++)
            mean[i % features] += samples.Values[i] / (double)samples.Count;
        for (var i = 0; i < samples.Values.Length; i++)
            square[i % features] += Math.Pow(samples.Values[i] - mean[i % features], 2) / samples.Count;
        return (mean, [.. square.Select(variance => variance > 0 ? Math.Sqrt(variance) : 1)]);
    }
}
