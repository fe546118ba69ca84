using System.Diagnostics;
using System.Text;

namespace BnNotebooks.Core.Tests.Robustness;

/// <summary>Files that are not as we write them, and states that are not as our layers have them.</summary>
public sealed class StateFileTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("bn-state-").FullName;

    string File => Path.Combine(folder, "state.safetensors");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("""{"t":{"dtype":"F32","shape":[4611686018427387904,4611686018427387904,4611686018427387904],"data_offsets":[0,0]}}""", "more bytes than can be counted")]
    [InlineData("""{"t":{"dtype":"F32","shape":[65536,65536,65536,65536],"data_offsets":[0,0]}}""", "more bytes than can be counted")]
    [InlineData("""{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", "two offsets, but has 3")]
    [InlineData("""{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} {}""", "after")]
    [InlineData(""" {"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "begin with '{'")]
    [InlineData("""{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"t":{"dtype":"F32","shape":[0],"data_offsets":[4,4]}}""", "is there twice")]
    [InlineData("""{"__metadata__":{"format":1},"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "should hold texts")]
    [InlineData("""{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,9223372036854775807]}}""", "there are only 4")]
    public void What_the_formats_own_reader_refuses_is_refused(string header, string says)
    {
        Write(header, new byte[4]);

        Assert.Contains(says, Assert.Throws<InvalidDataException>(() => SafeTensors.Load(File)).Message);
    }

    [Fact]
    public void A_header_that_says_it_is_huge_is_refused_before_memory_is_asked_for()
    {
        using (var file = new FileStream(File, FileMode.Create))
        {
            file.Write(BitConverter.GetBytes(2_000_000_000UL));
            file.SetLength(2_100_000_000);          // sparse: it takes no room on the disk
        }

        Assert.Contains("at most 100000000", Assert.Throws<InvalidDataException>(() => SafeTensors.Load(File)).Message);
    }

    [Fact]
    public void Tensors_of_no_elements_may_begin_where_another_begins()
    {
        Write("""{"full":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"none":{"dtype":"F32","shape":[0,3],"data_offsets":[0,0]}}  """, new byte[4]);

        Assert.Equal(["none", "full"], SafeTensors.Load(File).Keys);
    }

    [Theory]
    [InlineData("F16", "003c00c0", new[] { 1f, -2f }), InlineData("BF16", "803f00c0", new[] { 1f, -2f }), InlineData("F64", "000000000000f03f", new[] { 1f })]
    [InlineData("I32", "feffffff", new[] { -2f }), InlineData("I16", "feff", new[] { -2f }), InlineData("I8", "fe01", new[] { -2f, 1f })]
    [InlineData("U8", "fe01", new[] { 254f, 1f }), InlineData("BOOL", "0100", new[] { 1f, 0f }), InlineData("I64", "feffffffffffffff", new[] { -2f })]
    public void Numbers_of_every_type_are_read_converted_and_written_again(string dType, string hex, float[] values)
    {
        var data = Convert.FromHexString(hex);
        Write($$$"""{"t":{"dtype":"{{{dType}}}","shape":[{{{values.Length}}}],"data_offsets":[0,{{{data.Length}}}]}}""", data);

        var tensors = SafeTensors.Load(File);
        SafeTensors.Save(File, tensors);

        Assert.Equal(dType, tensors["t"].DType);
        Assert.Equal(values, tensors["t"].ConvertTo<float>().ToArray());
        Assert.Equal(data, System.IO.File.ReadAllBytes(File)[^data.Length..]);
    }

    // Made for the test: the machine's own would be gone if it failed.
    [Theory, InlineData("mkfifo", ""), InlineData("mknod", "c 1 3")]
    public void A_pipe_and_a_device_stay_what_they_are(string make, string options)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are none in its folders.");
        var path = Path.Combine(folder, "special");
        using var program = Process.Start(new ProcessStartInfo(make, [path, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]) { RedirectStandardError = true })!;
        program.WaitForExit();
        Assert.SkipUnless(program.ExitCode == 0, $"{make} is not allowed here.");

        Assert.Contains("a device or a pipe", Assert.Throws<IOException>(() => SafeTensors.Save(path, new BatchNorm1d(2).StateDict())).Message);
        Assert.Contains("at least 8 bytes", Assert.Throws<InvalidDataException>(() => SafeTensors.Load(path)).Message);

        Assert.Equal([path], Directory.GetFiles(folder));
        Assert.Equal(0, new FileInfo(path).Length);         // a file would have the state
    }

    [Fact]
    public void A_directory_and_a_link_stay_what_they_are()
    {
        var state = new BatchNorm1d(2).StateDict();
        Assert.Contains("directory", Assert.Throws<InvalidDataException>(() => SafeTensors.Load(folder)).Message);
        Assert.Contains("directory", Assert.Throws<IOException>(() => SafeTensors.Save(folder, state)).Message);
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links are for some only there.");

        System.IO.File.WriteAllText(File, "");
        var link = Path.Combine(folder, "link");
        System.IO.File.CreateSymbolicLink(link, "state.safetensors");
        SafeTensors.Save(link, state);

        Assert.Equal("state.safetensors", new FileInfo(link).LinkTarget);
        Assert.Equal(5, SafeTensors.Load(File).Count);
        Assert.Equal(5, SafeTensors.Load(link).Count);
    }

    [Fact]
    public void A_state_that_differs_says_in_what_and_is_taken_as_far_as_it_fits_if_that_is_asked_for()
    {
        var layer = new Sequential(new BatchNorm1d(2), new WeightNormLinear(2, 2, bias: false));
        var state = new Dictionary<string, StateTensor>
        {
            ["0.weight"] = StateTensor.Over("0.weight", [3.0, 4.0], [2]),
            ["0.bias"] = StateTensor.Over("0.bias", [(Half)5, (Half)6], [2]),
            ["0.num_batches_tracked"] = StateTensor.Over("0.num_batches_tracked", [9], [1]),
            ["1.parametrizations.weight.original0"] = StateTensor.Over("g", [7f, 8f], [2, 1]),
            ["extra"] = StateTensor.Over("extra", [1f], [1]),
        };

        Assert.Contains("missing are '1.weight_v', '0.running_mean', '0.running_var' and unexpected 'extra'",
            Assert.Throws<ArgumentException>(() => layer.LoadStateDict(state)).Message);
        Assert.Equal(1, layer.Parameters[0].Values[0]);

        var loaded = layer.LoadStateDict(state, strict: false);

        Assert.Equal(["1.weight_v", "0.running_mean", "0.running_var"], loaded.Missing);
        Assert.Equal(["extra"], loaded.Unexpected);
        Assert.Equal(["0.weight", "0.bias", "0.num_batches_tracked"], loaded.Converted);
        Assert.Equal([3, 4, 5, 6, 7, 8], layer.Parameters.Take(3).SelectMany(p => p.Values.ToArray()));
        Assert.Equal(9, layer.StateDict()["0.num_batches_tracked"].To<long>()[0]);
        state["0.weight"] = null!;
        Assert.Contains("it is null", Assert.Throws<ArgumentException>(() => layer.LoadStateDict(state, strict: false)).Message);
    }

    [Fact]
    public void A_layer_is_of_half_float_or_double()
    {
        var layer = new BatchNorm1d<Half>(2);
        layer.Forward(Data.Normal<Half>(seed: 1, [4, 2]));
        SafeTensors.Save(File, layer.StateDict());
        var other = new BatchNorm1d<Half>(2);

        Assert.Empty(other.LoadStateDict(SafeTensors.Load(File)).Converted);

        Assert.Equal(layer.RunningVar!.ToArray(), other.RunningVar!.ToArray());
        Assert.Contains("NFloat", Assert.Throws<NotSupportedException>(() => new LayerNorm<System.Runtime.InteropServices.NFloat>(4)).Message);
    }

    void Write(string header, byte[] data) => System.IO.File.WriteAllBytes(
        File, [.. BitConverter.GetBytes((ulong)Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header), .. data]);
}
