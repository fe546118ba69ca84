using System.Numerics.Tensors;
using BnNotebooks.Data;
using BnNotebooks.Experiments;

namespace BnNotebooks.Tests.Experiments;

public class DataSetTests
{
    [Fact]
    public void The_digits_are_images_from_0_to_1_in_ten_classes()
    {
        var digits = DataSets.Digits;

        Assert.Equal((1437, 360, 10), (digits.Train.Count, digits.Test.Count, digits.Classes));
        Assert.Equal([1437, 8, 8], digits.Train.Inputs.Lengths.ToArray().Select(length => (int)length));
        Assert.Equal((0, 1), (digits.Train.Values.ToArray().Min(), digits.Train.Values.ToArray().Max()));
    }

    [Fact]
    public void The_tumours_are_cut_in_two_with_both_kinds_on_either_side()
    {
        var tumours = DataSets.BreastCancer;

        Assert.Equal((455, 114, 2), (tumours.Train.Count, tumours.Test.Count, tumours.Classes));
        Assert.Equal(212, tumours.Train.Labels!.Concat(tumours.Test.Labels!).Sum()); // malignant ones, as the data's authors count
        // 114 drawn of 569 have 42 malignant ones expected, with a standard deviation of 4.6.
        Assert.InRange(tumours.Test.Labels!.Sum(), 25, 60);
    }

    [Fact]
    public void Every_data_set_has_the_samples_and_classes_it_says()
    {
        static (int, int, int) Counts(DataSet data) => (data.Train.Count, data.Test.Count, data.Classes);

        Assert.Equal((142, 36, 3), Counts(DataSets.Wine));
        Assert.Equal((6000, 1000, 10), Counts(DataSets.FashionMnist));
        Assert.Equal((540, 180, 10), Counts(DataSets.SpokenDigits));
        Assert.Equal((1600, 400, 0), Counts(DataSets.Roads));
        Assert.Equal([0, 1, 2], DataSets.Wine.Train.Labels!.Distinct().Order());
        Assert.All(new[] { DataSets.FashionMnist, DataSets.SpokenDigits, DataSets.Roads }, data =>
            Assert.InRange(data.Train.Values.ToArray().Max() + data.Train.Values.ToArray().Min(), 0.8, 1.2)); // from about 0 to about 1
    }

    [Fact]
    public void A_cnn_takes_every_kind_of_image_and_roads_in_fog_are_the_same_roads()
    {
        foreach (var data in new[] { DataSets.Digits, DataSets.FashionMnist, DataSets.SpokenDigits, DataSets.Roads })
        {
            using var training = new Experiment { Data = data, Network = new Cnn(4, 8), Normalization = Norm.Batch, BatchSize = 16 }.Start();
            Assert.True(double.IsFinite(training.Step()), data.Name);
        }
        var fog = DataSets.RoadsIn(RoadWeather.Foggy);
        Assert.Equal(DataSets.Roads.Test.Targets!, fog.Targets!);
        Assert.NotEqual(DataSets.Roads.Test.Values.ToArray(), fog.Values.ToArray());
    }

    [Fact]
    public void Standardizing_takes_its_statistics_from_the_training_data_alone()
    {
        var data = DataSets.BreastCancer.Standardized();
        float[] first = [.. data.Train.Values.ToArray().Chunk(30).Select(row => row[0])], test = [.. data.Test.Values.ToArray().Chunk(30).Select(row => row[0])];

        Assert.Equal(0, first.Average(), 1e-5); // float rounding of 455 values of the size of one
        Assert.Equal(1, first.Average(value => value * value), 1e-5); // the same
        Assert.NotEqual(0, test.Average(), 1e-3);
        var shifted = (DataSets.BreastCancer with { Test = DataSets.BreastCancer.Test.Change((value, _) => value + 1000) }).Standardized();
        Assert.Equal(data.Train.Values.ToArray(), shifted.Train.Values.ToArray());
    }

    [Fact]
    public void A_feature_that_never_changes_is_only_moved()
    {
        var constant = new Samples(Tensor.Create<float>([5, 1, 5, 3], [2, 2]), [0, 1]);

        var data = new DataSet("constant", constant, constant).Standardized();

        Assert.Equal([0f, -1, 0, 1], data.Train.Values.ToArray());
    }

    [Fact]
    public void A_split_uses_every_sample_once()
    {
        var all = new Samples(Tensor.Create<float>([.. Enumerable.Range(0, 10)], [10, 1]), [.. Enumerable.Range(0, 10)]);

        var data = DataSet.Split("ten", all, testShare: 0.3);

        Assert.Equal((7, 3), (data.Train.Count, data.Test.Count));
        Assert.Equal(Enumerable.Range(0, 10), data.Train.Labels!.Concat(data.Test.Labels!).Order());
        Assert.Equal(data.Test.Labels!.Select(label => (float)label), data.Test.Values.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => DataSet.Split("none", all, testShare: 1));
    }

    [Fact]
    public void Samples_need_one_label_each()
    {
        var error = Assert.Throws<ArgumentException>(() => new Samples(Tensor.Create<float>([1, 2, 3, 4], [2, 2]), [0, 1, 2]));

        Assert.Contains("[2, 2]", error.Message);
        Assert.Contains("3", error.Message);
    }
}
