using System.Numerics.Tensors;

namespace BnNotebooks.Data;

/// <summary>
/// Spoken digits: 720 short clips of the English words zero to nine, spoken by 24 voices of the synthesizer espeak-ng at
/// several speeds and pitches, louder and softer, in noise. Each is 32 frames of the energy in 20 mel bands.
/// </summary>
public static class SpokenDigits
{
    const string Clips = "spoken-digits/clips.csv", LogMel = "spoken-digits/log-mel-idx3-ubyte.gz";
    const float Floor = -80; // dB: the byte 0; the byte 255 is 0 dB

    /// <summary>
    /// Loads the clips and cuts them by voice: 540 clips of 18 voices for training, 180 clips of six others for testing. They
    /// are sorted by voice and digit.
    /// </summary>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is not the one the project was written for.</exception>
    public static (SpokenClips Train, SpokenClips Test) Load() => Load(RepositoryRoot.File("data"));

    internal static (SpokenClips Train, SpokenClips Test) Load(string dataFolder)
    {
        var table = CsvFile.Read(DataFile.Verified(dataFolder, Clips),
            ("digit", typeof(int)), ("voice", typeof(string)), ("part", typeof(string)), ("speed", typeof(int)), ("pitch", typeof(int)));
        int[] digits = [.. table["digit"].Cast<int>()];
        string[] voices = [.. table["voice"].Cast<string>()];
        string[] parts = [.. table["part"].Cast<string>()];

        var energies = IdxFile.Read(DataFile.Verified(dataFolder, LogMel), $"Get it back with: git checkout -- data/{LogMel}");
        var values = Array.ConvertAll(energies.Values, value => Floor - Floor * value / 255);
        var decibels = Tensor.Create(values, [.. energies.Shape.Select(length => (nint)length)]);

        var trainingClips = parts.Count(part => part == "train"); // they come first
        return (Part(..trainingClips), Part(trainingClips..));

        SpokenClips Part(Range clips) =>
            new(decibels.Slice([clips, Range.All, Range.All]).ToDenseTensor(), digits[clips], voices[clips]);
    }
}

/// <summary>Clips of spoken digits.</summary>
/// <param name="LogMel">
/// The energy in dB, from -80 to 0 (about what a sine of full scale has), of shape (clips, 20, 32): mel bands from 100 to
/// 8,000 Hz as the channels, frames of 46 ms, one every 23 ms.
/// </param>
/// <param name="Labels">The digit of each clip, from 0 to 9.</param>
/// <param name="Voices">Who speaks, in espeak-ng's words: the accent and the speaker, for example <c>en-us+f2</c>.</param>
public sealed record SpokenClips(Tensor<float> LogMel, int[] Labels, string[] Voices);
