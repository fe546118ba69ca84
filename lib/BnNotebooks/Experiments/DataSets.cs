using System.Numerics.Tensors;
using BnNotebooks.Data;
using Microsoft.Data.Analysis;

namespace BnNotebooks.Experiments;

/// <summary>The course's data, ready to train on. Loaded once, then shared.</summary>
public static class DataSets
{
    const int TrainingRoads = 1600, TestRoads = 400; // a second and a half to draw

    static readonly Lazy<DataSet> digits = new(LoadDigits), breastCancer = new(LoadBreastCancer), wine = new(LoadWine),
        fashion = new(() => LoadFashion(full: false)), fullFashion = new(() => LoadFashion(full: true)),
        spokenDigits = new(LoadSpokenDigits), roads = new(() => MakeRoads(RoadWeather.Clear));

    /// <summary>Handwritten digits of 8 × 8 pixels from 0 to 1: 1,437 for training, 360 for testing, 10 classes.</summary>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    /// <exception cref="InvalidDataException">The file is not the one the project was written for.</exception>
    public static DataSet Digits => digits.Value;

    /// <summary>
    /// Breast cancer, 30 measurements as they are, on their different scales: 455 for training, 114 for testing; malignant is
    /// class 1, benign class 0.
    /// </summary>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    /// <exception cref="InvalidDataException">The file is not the one the project was written for.</exception>
    public static DataSet BreastCancer => breastCancer.Value;

    /// <summary>All 569 rows of <see cref="BreastCancer"/>, for other splits.</summary>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    /// <exception cref="InvalidDataException">The file is not the one the project was written for.</exception>
    public static Samples BreastCancerRows() => Labelled(Data.BreastCancer.Load(), Data.BreastCancer.Diagnosis, "malignant");

    /// <summary>
    /// Wines, 13 measurements as they are, on their different scales: 142 for training, 36 for testing, 3 classes (see
    /// <see cref="Data.Wine.ClassNames"/>).
    /// </summary>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    /// <exception cref="InvalidDataException">The file is not the one the project was written for.</exception>
    public static DataSet Wine => wine.Value;

    /// <summary>Clothes, 28 × 28 pixels from 0 to 1: 6,000 for training, 1,000 for testing, 10 classes.</summary>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is not the one the project was written for.</exception>
    public static DataSet FashionMnist => fashion.Value;

    /// <summary>All 60,000 and 10,000 images of clothes, where <see cref="Data.FashionMnist.FullSetIsAvailable"/> says so.</summary>
    /// <exception cref="FileNotFoundException">The full set is not here; the message says how to get it.</exception>
    /// <exception cref="InvalidDataException">A file is not the one the project was written for.</exception>
    public static DataSet FullFashionMnist => fullFashion.Value;

    /// <summary>
    /// Spoken digits as images of 20 mel bands × 32 frames, −80 to 0 dB as 0 to 1: 540 clips for training, 180 of other voices
    /// for testing, 10 classes.
    /// </summary>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is not the one the project was written for.</exception>
    public static DataSet SpokenDigits => spokenDigits.Value;

    /// <summary>
    /// Roads in clear weather, 24 × 32 pixels in three colours from 0 to 1, and the right steering, −1 to 1: 1,600 for training,
    /// 400 for testing.
    /// </summary>
    public static DataSet Roads => roads.Value;

    /// <summary>The same 400 test roads as in <see cref="Roads"/>, in another weather.</summary>
    /// <param name="weather">For example fog.</param>
    public static Samples RoadsIn(RoadWeather weather) => Steered(RoadImages.Make(TestRoads, seed: 2, weather));

    static DataSet LoadDigits()
    {
        var (train, test) = Data.Digits.Split();
        static Samples Scaled(DigitImages images) =>
            new Samples(images.Pixels.Reshape([images.Labels.Length, 8, 8]), images.Labels).Change((pixel, _) => pixel / 16);
        return new DataSet("digits", Scaled(train), Scaled(test));
    }

    static DataSet LoadBreastCancer() => DataSet.Split("breast cancer", BreastCancerRows(), testShare: 0.2);

    static DataSet LoadWine()
    {
        var table = Data.Wine.Load();
        int[] labels = [.. table[Data.Wine.Name].Cast<string>().Select(name => Data.Wine.ClassNames.Index().First(entry => entry.Item == name).Index)];
        return DataSet.Split("wine", new Samples(table.ToTensor(), labels), testShare: 0.2);
    }

    // The three large ones are read only when somebody trains on them: a study names its data long before that.
    static DataSet LoadFashion(bool full) => new(full ? "Fashion-MNIST" : "Fashion-MNIST (a tenth)", () =>
    {
        var (train, test) = Data.FashionMnist.Load(full);
        return (new Samples(train.Pixels, train.Labels), new Samples(test.Pixels, test.Labels));
    });

    static DataSet LoadSpokenDigits() => new("spoken digits", () =>
    {
        var (train, test) = Data.SpokenDigits.Load();
        static Samples Scaled(SpokenClips clips) => new Samples(clips.LogMel, clips.Labels).Change((decibels, _) => decibels / 80 + 1);
        return (Scaled(train), Scaled(test));
    });

    static DataSet MakeRoads(RoadWeather weather) =>
        new("roads", () => (Steered(RoadImages.Make(TrainingRoads, seed: 1, weather)), RoadsIn(weather)));

    static Samples Steered(RoadImages images) => new(images.Pixels, images.Steering);

    /// <summary>The numeric columns of a table, and class 1 where a column of texts has the value named.</summary>
    static Samples Labelled(DataFrame table, string column, string one) =>
        new(table.ToTensor(), [.. table[column].Cast<string>().Select(text => text == one ? 1 : 0)]);
}
