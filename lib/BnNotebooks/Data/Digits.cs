using System.Numerics.Tensors;
using Microsoft.Data.Analysis;

namespace BnNotebooks.Data;

/// <summary>
/// Optical Recognition of Handwritten Digits: 1,797 images of 8 x 8 pixels, each from 0 to 16, and the digit that was
/// meant (Alpaydin and Kaynak 1998).
/// </summary>
public static class Digits
{
    /// <summary>The name of the column that holds the digit, 0 to 9. The others, p00 to p77, are pixels by row and column.</summary>
    public const string Digit = "digit";

    /// <summary>How many rows, the first ones, are for training; the other 360 are for testing.</summary>
    public const int TrainingRows = 1437;

    /// <summary>Loads the table: 1,797 rows, 64 columns of doubles and the digit, an int.</summary>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    /// <exception cref="InvalidDataException">The file is not the one the project was written for.</exception>
    public static DataFrame Load() => CsvFile.Read(DataFile.Verified("digits.csv"),
        [.. Enumerable.Repeat((default(string), typeof(double)), 64), (Digit, typeof(int))]);

    /// <summary>
    /// Loads the images and cuts them, in the order of the file, into the first 1,437 for training and the last 360 for
    /// testing: four fifths and one fifth, as scikit-learn's <c>train_test_split(test_size=0.2, shuffle=False)</c> does.
    /// </summary>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    /// <exception cref="InvalidDataException">The file is not the one the project was written for.</exception>
    public static (DigitImages Train, DigitImages Test) Split()
    {
        var table = Load();
        var pixels = table.ToTensor();
        int[] labels = [.. table[Digit].Cast<int>()];
        return (Part(..TrainingRows), Part(TrainingRows..));

        DigitImages Part(Range rows) => new(pixels.Slice([rows, Range.All]).ToDenseTensor(), labels[rows]);
    }
}

/// <summary>Images of digits and what they show.</summary>
/// <param name="Pixels">The pixels, from 0 to 16, of shape (images, 64).</param>
/// <param name="Labels">The digit of each image, from 0 to 9.</param>
public sealed record DigitImages(Tensor<float> Pixels, int[] Labels);
