using System.Numerics.Tensors;
using MathNet.Numerics.Distributions;

namespace BnNotebooks.Experiments;

/// <summary>
/// Samples that come in families, as crops of one image or frames of one film do: all of a family are moved by the same large amount,
/// which hides from a sample alone what its class is. Beside its siblings it shows.
/// </summary>
public static class Siblings
{
    /// <summary>How many samples a family has; they follow one another.</summary>
    public const int FamilySize = 16;

    const int Features = 16, TrainFamilies = 100, TestFamilies = 40;
    const double Moved = 5, Noise = 0.3;

    /// <summary>All that the data depends on but the seed.</summary>
    public static string What { get; } = FormattableString.Invariant(
        $"families of {FamilySize}, {TrainFamilies} to train and {TestFamilies} to test; {Features} features, normal with deviation 1, but the first: class (−1 or 1) + what moves the family (deviation {Moved}) + noise (deviation {Noise})");

    /// <summary>Two classes, 100 families to train on and 40 others to test with.</summary>
    /// <param name="seed">Decides all numbers.</param>
    public static DataSet Make(int seed)
    {
        var random = new Random(seed);
        return new DataSet("siblings", Families(TrainFamilies, random), Families(TestFamilies, random));
    }

    /// <summary>The numbers of the samples of a family.</summary>
    internal static long[] Family(int number) => [.. Enumerable.Range(number * FamilySize, FamilySize).Select(row => (long)row)];

    /// <summary>How many families there are to train on.</summary>
    internal static int FamiliesToTrainOn => TrainFamilies;

    static Samples Families(int families, Random random)
    {
        var count = families * FamilySize;
        var (values, labels) = (new float[count * Features], new int[count]);
        for (var family = 0; family < families; family++)
        {
            var moved = Normal.Sample(random, 0, Moved);
            for (var i = family * FamilySize; i < (family + 1) * FamilySize; i++)
            {
                labels[i] = random.Next(2);
                for (var feature = 1; feature < Features; feature++)
                    values[i * Features + feature] = (float)Normal.Sample(random, 0, 1);
                values[i * Features] = (float)(2 * labels[i] - 1 + moved + Normal.Sample(random, 0, Noise));
            }
        }
        return new Samples(Tensor.Create(values, [count, Features]), labels);
    }
}
