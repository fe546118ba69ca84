using System.Numerics.Tensors;

namespace BnNotebooks.Data;

/// <summary>
/// Fashion-MNIST: images of clothes, 28 x 28 pixels of grey, ten classes (Xiao, Rasul and Vollgraf 2017). The project
/// carries the first 600 training images and the first 100 test images of each class; all 60,000 and 10,000 are read from
/// elsewhere, if they are there.
/// </summary>
public static class FashionMnist
{
    const string Subset = "fashion-mnist-subset";
    const string HowToGetFull =
        "For all of Fashion-MNIST, run `apt-get install dataset-fashion-mnist` (Debian, Ubuntu), or put the four files of https://github.com/zalandoresearch/fashion-mnist into data/fashion-mnist/.";

    /// <summary>The four files of the full set, and the SHA-256 of each when it is unpacked.</summary>
    static readonly Dictionary<string, string> Checksums = new()
    {
        ["train-images-idx3-ubyte"] = "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
        ["train-labels-idx1-ubyte"] = "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
        ["t10k-images-idx3-ubyte"] = "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
        ["t10k-labels-idx1-ubyte"] = "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
    };

    /// <summary>What the labels 0 to 9 stand for.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    /// <summary>Whether the full set is here: in <c>data/fashion-mnist/</c>, or where Debian's package puts it.</summary>
    public static bool FullSetIsAvailable => FullSetFolder(FullSetFolders) is not null;

    static string[] FullSetFolders => [RepositoryRoot.File("data", "fashion-mnist"), "/usr/share/datasets/fashion-mnist"];

    /// <summary>
    /// Loads the images: the subset, so that results are the same everywhere, unless the full set is asked for.
    /// </summary>
    /// <param name="full">All 60,000 training and 10,000 test images instead of 6,000 and 1,000.</param>
    /// <exception cref="FileNotFoundException">A file is missing; see <see cref="FullSetIsAvailable"/>.</exception>
    /// <exception cref="InvalidDataException">A file is not the one the project was written for.</exception>
    public static (FashionImages Train, FashionImages Test) Load(bool full = false) =>
        full ? LoadFull(FullSetFolders) : LoadSubset(RepositoryRoot.File("data"));

    internal static (FashionImages Train, FashionImages Test) LoadSubset(string dataFolder)
    {
        return (Images(Read("train-images-idx3-ubyte.gz"), Read("train-labels-idx1-ubyte.gz")),
            Images(Read("t10k-images-idx3-ubyte.gz"), Read("t10k-labels-idx1-ubyte.gz")));

        IdxFile Read(string file)
        {
            var name = $"{Subset}/{file}";
            return IdxFile.Read(DataFile.Verified(dataFolder, name), $"Get it back with: git checkout -- data/{name}");
        }
    }

    internal static (FashionImages Train, FashionImages Test) LoadFull(string[] folders)
    {
        var folder = FullSetFolder(folders) ?? throw new FileNotFoundException(string.Join(' ',
            [.. folders.Select(folder => $"{folder} lacks {string.Join(", ", Checksums.Keys.Where(name => PathOf(folder, name) is null))} (.gz or unpacked)."),
            HowToGetFull]));
        return (Images(Read("train-images-idx3-ubyte"), Read("train-labels-idx1-ubyte")),
            Images(Read("t10k-images-idx3-ubyte"), Read("t10k-labels-idx1-ubyte")));

        IdxFile Read(string name) => IdxFile.Read(PathOf(folder, name)!, $"Delete this file and get it again. {HowToGetFull}", Checksums[name]);
    }

    /// <summary>The first folder that has all four files.</summary>
    static string? FullSetFolder(string[] folders) =>
        folders.FirstOrDefault(folder => Checksums.Keys.All(name => PathOf(folder, name) is not null));

    static string? PathOf(string folder, string name) =>
        new[] { $"{name}.gz", name }.Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists);

    /// <summary>What the files hold is known by their checksums; from here on nothing can be wrong with them.</summary>
    static FashionImages Images(IdxFile images, IdxFile labels) => new(
        Tensor.Create(Array.ConvertAll(images.Values, value => value / 255f), [images.Shape[0], 1, images.Shape[1], images.Shape[2]]),
        Array.ConvertAll(labels.Values, label => (int)label));
}

/// <summary>Images of clothes and what they show.</summary>
/// <param name="Pixels">The pixels, from 0 (background) to 1, of shape (images, 1, 28, 28): one channel, rows, columns.</param>
/// <param name="Labels">The class of each image, from 0 to 9: an index into <see cref="FashionMnist.ClassNames"/>.</param>
public sealed record FashionImages(Tensor<float> Pixels, int[] Labels);
