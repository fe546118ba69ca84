#!/usr/bin/env -S dotnet run
// Makes the two files of this folder: digits spoken by espeak-ng's voices, as log-mel energies, and a table that says which
// clip is what. Run: apt-get install espeak-ng; dotnet data/spoken-digits/make_clips.cs
// Made with espeak-ng 1.51; the same version gives the same bytes again.
#:property PublishAot=false
#:property TargetFramework=net10.0

using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.Numerics;
using System.Text;

const int Takes = 3, SampleRate = 22050, Window = 1024, Hop = 512, Frames = 32, Bands = 20; // a frame of 46 ms every 23 ms, 0.77 s in all
const double Floor = -80, LowestHz = 100, HighestHz = 8000;

var here = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
string[] digits = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
string[] accents = ["en-us", "en", "en-gb-scotland", "en-029", "en-gb-x-rp", "en-gb-x-gbclan", "en-gb-x-gbcwmd"];
// One speaker each. Those of the test are not heard in training; their accents are, from others.
string[] training = ["m1", "f1", "m2", "f2", "m3", "f3", "m4", "f4", "m5", "Alicia", "m6", "Andrea", "m8", "Annie", "Alex", "aunty", "max", "steph"];
string[] testing = ["m7", "f5", "david", "linda", "Gene", "belinda"];

var hann = Enumerable.Range(0, Window).Select(i => 0.5 - 0.5 * Math.Cos(2 * Math.PI * i / Window)).ToArray();
var filters = MelFilters();
var random = new Random(5);
var energies = new List<byte>();
var table = new List<string> { "digit,voice,part,speed,pitch" };
var longest = 0.0;
foreach (var (speaker, i) in training.Concat(testing).Select((speaker, i) => (speaker, i)))
{
    var accent = accents[i % accents.Length];
    var (voice, part) = ($"{accent}+{speaker}", i < training.Length ? "train" : "test");
    // Without a word, espeak-ng ignores a speaker that it lacks, and every speaker of the accent en-gb (which is also en).
    if (Spoken("one", voice, 160, 50).SequenceEqual(Spoken("one", accent, 160, 50)))
        throw new InvalidDataException($"espeak-ng -v {voice} sounds as {accent} alone; expected another speaker.");
    for (var digit = 0; digit < digits.Length; digit++)
        for (var take = 0; take < Takes; take++)
        {
            var (speed, pitch) = (random.Next(140, 191), random.Next(35, 66)); // words per minute, and espeak-ng's 0 to 99
            energies.AddRange(LogMel(Recorded(Trimmed(Spoken(digits[digit], voice, speed, pitch)))));
            table.Add($"{digit},{voice},{part},{speed},{pitch}");
        }
}
Console.WriteLine($"The longest clip takes {longest:F2} s.");
Write("clips.csv", file => file.Write(Encoding.UTF8.GetBytes(string.Join('\n', table) + "\n")));
WriteIdx("log-mel-idx3-ubyte.gz", [table.Count - 1, Bands, Frames], [.. energies]);

double[] Spoken(string word, string voice, int speed, int pitch)
{
    using var espeak = Process.Start(new ProcessStartInfo("espeak-ng", ["-v", voice, "-s", $"{speed}", "-p", $"{pitch}", "--stdout", word])
    {
        RedirectStandardOutput = true,
    })!;
    using var wav = new MemoryStream();
    espeak.StandardOutput.BaseStream.CopyTo(wav);
    espeak.WaitForExit();
    var bytes = wav.ToArray();
    const int Header = 44;
    if (espeak.ExitCode != 0 || bytes.Length < Header || BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(24)) != SampleRate)
        throw new InvalidDataException($"espeak-ng -v {voice} gave {bytes.Length} bytes and exit code {espeak.ExitCode}; expected a WAV file of {SampleRate} Hz.");
    return [.. Enumerable.Range(0, (bytes.Length - Header) / 2).Select(i => BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(Header + 2 * i)) / 32768.0)];
}

// From the first to the last sample that is louder than a hundredth of the loudest.
double[] Trimmed(double[] sound)
{
    var threshold = sound.Max(Math.Abs) / 100;
    var first = Array.FindIndex(sound, sample => Math.Abs(sample) > threshold);
    var last = Array.FindLastIndex(sound, sample => Math.Abs(sample) > threshold);
    return sound[first..(last + 1)];
}

// As if recorded: somewhere in the 0.77 s, from nearer or farther away (0 to -12 dB), with white noise (-65 to -45 dB).
double[] Recorded(double[] sound)
{
    longest = Math.Max(longest, sound.Length / (double)SampleRate);
    var recording = new double[(Frames - 1) * Hop + Window];
    var start = random.Next(recording.Length - sound.Length + 1);
    var (gain, noise) = (Math.Pow(10, -12 * random.NextDouble() / 20), Math.Pow(10, (-65 + 20 * random.NextDouble()) / 20));
    for (var i = 0; i < recording.Length; i++)
        recording[i] = noise * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    for (var i = 0; i < sound.Length; i++)
        recording[start + i] += gain * sound[i];
    return recording;
}

// The energy of each mel band in each frame, in dB; 0 dB is about a sine of full scale. From -80 to 0 dB as 0 to 255.
byte[] LogMel(double[] recording)
{
    var bytes = new byte[Bands * Frames];
    for (var frame = 0; frame < Frames; frame++)
    {
        var windowed = hann.Select((weight, i) => (Complex)(weight * recording[frame * Hop + i])).ToArray();
        var power = Power(windowed);
        for (var band = 0; band < Bands; band++)
        {
            var decibels = 10 * Math.Log10(filters[band].Zip(power, (weight, p) => weight * p).Sum());
            bytes[band * Frames + frame] = (byte)Math.Round(255 * (Math.Clamp(decibels, Floor, 0) - Floor) / -Floor);
        }
    }
    return bytes;
}

// The squares of the discrete Fourier transform, so that a full-scale sine has 1 at its frequency.
double[] Power(Complex[] windowed) =>
    [.. Fourier(windowed)[..(Window / 2 + 1)].Select(value => Math.Pow(value.Magnitude / (Window / 4.0), 2))]; // Hann sums to Window/2

// By halves: the transforms of the even and of the odd samples make up that of all (Cooley and Tukey 1965).
Complex[] Fourier(Complex[] samples)
{
    if (samples.Length == 1)
        return samples;
    var half = samples.Length / 2;
    var even = Fourier([.. samples.Where((_, i) => i % 2 == 0)]);
    var odd = Fourier([.. samples.Where((_, i) => i % 2 == 1)]);
    var turned = odd.Select((value, k) => value * Complex.FromPolarCoordinates(1, -Math.PI * k / half)).ToArray();
    return [.. even.Zip(turned, (e, o) => e + o), .. even.Zip(turned, (e, o) => e - o)];
}

// Triangles with their corners at equal distances on the mel scale, 2595·log10(1 + f/700), each 1 at its top.
double[][] MelFilters()
{
    double Mel(double hz) => 2595 * Math.Log10(1 + hz / 700);
    double Corner(int i) => 700 * (Math.Pow(10, (Mel(LowestHz) + (Mel(HighestHz) - Mel(LowestHz)) * i / (Bands + 1)) / 2595) - 1);
    return [.. Enumerable.Range(1, Bands).Select(band => Enumerable.Range(0, Window / 2 + 1).Select(k =>
    {
        var hz = k * SampleRate / (double)Window;
        return Math.Max(0, Math.Min((hz - Corner(band - 1)) / (Corner(band) - Corner(band - 1)), (Corner(band + 1) - hz) / (Corner(band + 1) - Corner(band))));
    }).ToArray())];
}

void WriteIdx(string name, int[] shape, byte[] values) => Write(name, file =>
{
    using var gzip = new GZipStream(file, CompressionLevel.SmallestSize);
    gzip.Write([0, 0, 8, (byte)shape.Length]); // 8: unsigned bytes
    foreach (var length in shape)
    {
        var bigEndian = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bigEndian, length);
        gzip.Write(bigEndian);
    }
    gzip.Write(values);
});

void Write(string name, Action<Stream> content)
{
    var path = Path.Combine(here, name);
    using (var file = File.Create($"{path}.tmp"))
        content(file);
    File.Move($"{path}.tmp", path, overwrite: true);
    Console.WriteLine($"{name}: {new FileInfo(path).Length} bytes");
}
