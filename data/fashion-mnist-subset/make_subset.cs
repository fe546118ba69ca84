#!/usr/bin/env -S dotnet run
// Makes the four files of this folder from all of Fashion-MNIST: the first 600 training images and the first 100 test
// images of each class, in the order in which they come. Run: dotnet data/fashion-mnist-subset/make_subset.cs [FOLDER],
// where FOLDER holds the four full files; without it, those of Debian's package dataset-fashion-mnist are taken.
#:property PublishAot=false
#:property TargetFramework=net10.0

using System.Buffers.Binary;
using System.IO.Compression;

var here = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
var source = args is [var folder] ? folder : "/usr/share/datasets/fashion-mnist";
Cut("train", 600);
Cut("t10k", 100);

void Cut(string part, int ofEachClass)
{
    var images = Read($"{part}-images-idx3-ubyte.gz").AsSpan(16);
    var labels = Read($"{part}-labels-idx1-ubyte.gz").AsSpan(8);
    const int Pixels = 28 * 28;
    var (seen, keptImages, keptLabels) = (new int[10], new List<byte>(), new List<byte>());
    for (var i = 0; i < labels.Length; i++)
    {
        if (seen[labels[i]]++ >= ofEachClass)
            continue;
        keptLabels.Add(labels[i]);
        keptImages.AddRange(images.Slice(i * Pixels, Pixels));
    }
    Write($"{part}-images-idx3-ubyte.gz", [keptLabels.Count, 28, 28], [.. keptImages]);
    Write($"{part}-labels-idx1-ubyte.gz", [keptLabels.Count], [.. keptLabels]);
}

byte[] Read(string name)
{
    using var gzip = new GZipStream(File.OpenRead(Path.Combine(source, name)), CompressionMode.Decompress);
    using var content = new MemoryStream();
    gzip.CopyTo(content);
    return content.ToArray();
}

void Write(string name, int[] shape, byte[] values)
{
    var path = Path.Combine(here, name);
    using (var gzip = new GZipStream(File.Create($"{path}.tmp"), CompressionLevel.SmallestSize))
    {
        gzip.Write([0, 0, 8, (byte)shape.Length]); // 8: unsigned bytes
        foreach (var length in shape)
        {
            var bigEndian = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(bigEndian, length);
            gzip.Write(bigEndian);
        }
        gzip.Write(values);
    }
    File.Move($"{path}.tmp", path, overwrite: true);
    Console.WriteLine($"{name}: {string.Join(" x ", shape)}, {new FileInfo(path).Length} bytes");
}
