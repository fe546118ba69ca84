using System.Numerics.Tensors;
using BnNotebooks.Data;

namespace BnNotebooks.Tests;

public sealed class FashionMnistTests : IDisposable
{
    static readonly string[] Names = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    readonly string folder = Directory.CreateTempSubdirectory("bn-fashion").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_subset_has_600_and_100_images_of_each_class()
    {
        var (train, test) = FashionMnist.Load();

        Assert.Equal([6000, 1, 28, 28], train.Pixels.Lengths.ToArray().Select(length => (int)length));
        Assert.Equal([1000, 1, 28, 28], test.Pixels.Lengths.ToArray().Select(length => (int)length));
        Assert.Equal(10, FashionMnist.ClassNames.Count);
        Assert.Equal(Enumerable.Repeat(600, 10), Enumerable.Range(0, 10).Select(label => train.Labels.Count(l => l == label)));
        Assert.Equal(Enumerable.Repeat(100, 10), Enumerable.Range(0, 10).Select(label => test.Labels.Count(l => l == label)));
    }

    [Fact]
    public void Pixels_go_from_0_to_1()
    {
        var (train, _) = FashionMnist.Load();

        Assert.Equal((0f, 1f), (Tensor.Min<float>(train.Pixels), Tensor.Max<float>(train.Pixels)));
        // The first image, an ankle boot: nothing in its corner, and its sole along the lower edge of the shoe.
        Assert.Equal("Ankle boot", FashionMnist.ClassNames[train.Labels[0]]);
        Assert.Equal(0, train.Pixels[0, 0, 0, 0]);
        Assert.All(Enumerable.Range(4, 20), column => Assert.InRange(train.Pixels[0, 0, 22, column], 0.5f, 1f));
    }

    [Fact]
    public void The_subset_is_the_first_of_each_class_of_the_full_set()
    {
        Assert.SkipUnless(FashionMnist.FullSetIsAvailable, "The full set is not on this machine.");
        var (fullTrain, fullTest) = FashionMnist.Load(full: true);
        var (train, test) = FashionMnist.Load();

        Assert.Equal((60_000, 10_000), (fullTrain.Labels.Length, fullTest.Labels.Length));
        AssertFirstOfEachClass(fullTrain, train, 600);
        AssertFirstOfEachClass(fullTest, test, 100);
    }

    [Fact]
    public void A_full_set_that_is_not_there_is_refused_with_both_ways_to_get_it()
    {
        foreach (var name in Names[1..])
            File.WriteAllBytes(Path.Combine(folder, name), []);

        var error = Assert.Throws<FileNotFoundException>(() => FashionMnist.LoadFull([folder]));

        Assert.Contains($"{folder} lacks train-images-idx3-ubyte (", error.Message);
        Assert.Contains("apt-get install dataset-fashion-mnist", error.Message);
        Assert.Contains("data/fashion-mnist/", error.Message);
    }

    [Fact]
    public void A_file_of_another_data_set_is_not_taken_for_the_full_set()
    {
        CopySubset(); // right names and format, but not all the images

        var error = Assert.Throws<InvalidDataException>(() => FashionMnist.LoadFull([Path.Combine(folder, "fashion-mnist-subset")]));

        Assert.Contains("train-images-idx3-ubyte.gz", error.Message);
        Assert.Contains("SHA-256", error.Message);
        Assert.Contains("data/fashion-mnist/", error.Message);
    }

    [Fact]
    public void A_truncated_file_of_the_full_set_is_named_with_the_way_to_get_it()
    {
        CopySubset();
        var subset = Path.Combine(folder, "fashion-mnist-subset");
        Truncate(Path.Combine(subset, "train-images-idx3-ubyte.gz"));

        var error = Assert.Throws<InvalidDataException>(() => FashionMnist.LoadFull([subset]));

        Assert.Contains(Path.Combine(subset, "train-images-idx3-ubyte.gz"), error.Message);
        Assert.Contains("truncated", error.Message);
        Assert.Contains("apt-get install dataset-fashion-mnist", error.Message);
    }

    static void AssertFirstOfEachClass(FashionImages full, FashionImages subset, int count)
    {
        var seen = new int[10];
        int[] first = [.. Enumerable.Range(0, full.Labels.Length).Where(i => seen[full.Labels[i]]++ < count)];

        Assert.Equal(first.Select(i => full.Labels[i]), subset.Labels);
        for (var i = 0; i < first.Length; i++)
            for (var pixel = 0; pixel < 28 * 28; pixel++)
                if (full.Pixels[first[i], 0, pixel / 28, pixel % 28] != subset.Pixels[i, 0, pixel / 28, pixel % 28])
                    Assert.Fail($"Image {i} differs in pixel {pixel}.");
    }

    void CopySubset()
    {
        var source = RepositoryRoot.File("data");
        File.Copy(Path.Combine(source, "SHA256SUMS"), Path.Combine(folder, "SHA256SUMS"));
        var subset = Directory.CreateDirectory(Path.Combine(folder, "fashion-mnist-subset")).FullName;
        foreach (var name in Names)
            File.Copy(Path.Combine(source, "fashion-mnist-subset", $"{name}.gz"), Path.Combine(subset, $"{name}.gz"));
    }

    static void Truncate(string path)
    {
        using var file = File.OpenWrite(path);
        file.SetLength(file.Length / 2);
    }
}
