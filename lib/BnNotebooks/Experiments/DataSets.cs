using System.Numerics.Tensors;
using BnNotebooks.Data;
using Microsoft.Data.Analysis;

namespace BnNotebooks.Experiments;

/// <summary>The course's data, ready to train on. Loaded once, then shared.</summary>
public static class DataSets
{
    static readonly Lazy<DataSet> digits = new(LoadDigits), breastCancer = new(LoadBreastCancer);

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

    static DataSet LoadDigits()
    {
        var (train, test) = Data.Digits.Split();
        static Samples Scaled(DigitImages images) =>
            new Samples(images.Pixels.Reshape([images.Labels.Length, 8, 8]), images.Labels).Change((pixel, _) => pixel / 16);
        return new DataSet("digits", Scaled(train), Scaled(test));
    }

    static DataSet LoadBreastCancer()
    {
        var table = Data.BreastCancer.Load();
        return DataSet.Split("breast cancer", Labelled(table, Data.BreastCancer.Diagnosis, "malignant"), testShare: 0.2);
    }

    /// <summary>The numeric columns of a table, and class 1 where a column of texts has the value named.</summary>
    static Samples Labelled(DataFrame table, string column, string one) =>
        new(table.ToTensor(), [.. table[column].Cast<string>().Select(text => text == one ? 1 : 0)]);
}
