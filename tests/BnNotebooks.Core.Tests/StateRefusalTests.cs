using System.Collections;
using System.Text;

namespace BnNotebooks.Core.Tests;

/// <summary>What states and their files refuse, and the words in which they do.</summary>
public sealed class StateRefusalTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("bn-state-").FullName;

    string File => Path.Combine(folder, "state.safetensors");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Neither_a_path_nor_the_tensors_may_be_missing()
    {
        var state = new BatchNorm1d(2).StateDict();

        Assert.Throws<ArgumentNullException>("path", () => SafeTensors.Save(null!, state));
        Assert.Throws<ArgumentException>("path", () => SafeTensors.Save("", state));
        Assert.Throws<ArgumentNullException>("tensors", () => SafeTensors.Save(File, null!));
        Assert.Throws<ArgumentNullException>("path", () => SafeTensors.Load(null!));
        Assert.Throws<ArgumentException>("path", () => SafeTensors.Load(""));
    }

    [Fact]
    public void A_name_that_the_format_keeps_and_a_tensor_that_is_null_are_refused_before_anything_is_written()
    {
        var one = StateTensor.Over("t", [1f], [1]);

        Assert.Contains("'__metadata__'", Assert.Throws<ArgumentException>(() => Save("__metadata__", one)).Message);
        Assert.Contains("'t' is null", Assert.Throws<ArgumentException>(() => Save("t", null!)).Message);

        Assert.Empty(Directory.GetFiles(folder));
        void Save(string name, StateTensor tensor) => SafeTensors.Save(File, new Dictionary<string, StateTensor> { [name] = tensor });
    }

    [Fact]
    public void A_write_that_fails_halfway_says_so_and_leaves_the_old_file_alone()
    {
        System.IO.File.WriteAllText(File, "the old one");

        Assert.Equal("halfway", Assert.Throws<IOException>(() => SafeTensors.Save(File, new FailingHalfway())).Message);

        Assert.Equal([File], Directory.GetFiles(folder));
        Assert.Equal("the old one", System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void A_directory_is_named_as_what_it_is() =>
        Assert.Contains("Expected the name of a file", Assert.Throws<IOException>(() => SafeTensors.Save(folder, new BatchNorm1d(2).StateDict())).Message);

    [Fact]
    public void Of_links_to_links_all_stay()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links are for some only there.");
        var (first, second) = (Path.Combine(folder, "first"), Path.Combine(folder, "second"));
        System.IO.File.WriteAllText(File, "");
        System.IO.File.CreateSymbolicLink(second, File);
        System.IO.File.CreateSymbolicLink(first, second);

        SafeTensors.Save(first, new BatchNorm1d(2).StateDict());

        Assert.Equal((second, File), (new FileInfo(first).LinkTarget, new FileInfo(second).LinkTarget));
        Assert.Equal(5, SafeTensors.Load(first).Count);
    }

    [Fact]
    public void A_file_of_a_length_alone_has_no_header() => Says("begin with '{'", new byte[8]);

    [Fact]
    public void A_header_that_is_cut_off_says_how_much_of_it_there_is() =>
        Says("should take 4 bytes, but only 3 follow.", [.. BitConverter.GetBytes(4L), 1, 2, 3]);

    [Fact]
    public void A_header_may_be_as_long_as_the_format_allows() =>
        Says("begin with '{'", [.. BitConverter.GetBytes(100_000_000L), .. new byte[100_000_000]]);

    [Fact]
    public void A_tensor_may_have_as_many_elements_as_can_be_counted() => Says("should take 9223372036854775807 bytes, but has 0.",
        Written("""{"t":{"dtype":"U8","shape":[9223372036854775807],"data_offsets":[0,0]}}""", 0));

    [Fact]
    public void A_tensor_of_another_size_says_what_it_should_take() =>
        Says("'t' of shape (4,) should take 16 bytes, but has 12.", Written("""{"t":{"dtype":"F32","shape":[4],"data_offsets":[0,12]}}""", 12));

    [Fact]
    public void A_tensor_of_more_than_two_gigabytes_is_refused_before_memory_is_asked_for()
    {
        System.IO.File.WriteAllBytes(File, Written("""{"t":{"dtype":"U8","shape":[2147483648],"data_offsets":[0,2147483648]}}""", 0));
        using (var file = new FileStream(File, FileMode.Open))
            file.SetLength(file.Length + 2147483648);           // sparse: it takes no room on the disk

        Assert.Contains("takes 2147483648 bytes; expected at most 2147483647", Assert.Throws<InvalidDataException>(() => SafeTensors.Load(File)).Message);
    }

    [Fact]
    public void Elements_are_of_a_type_that_the_format_knows_and_as_many_as_the_shape_says()
    {
        var other = Assert.Throws<ArgumentException>(() => StateTensor.Over("t", [1m], [1])).Message;
        Assert.Contains("Single, Double, Half", other);
        Assert.Contains("they are Decimal", other);
        Assert.Contains("Expected 2 elements, but shape (3,) has 3", Assert.Throws<ArgumentException>(() => StateTensor.Over("t", [1f, 2f], [3])).Message);
        Assert.Contains("no possible number", Assert.Throws<ArgumentException>(() => StateTensor.Over("t", [1f, 2f], [-2])).Message);
    }

    [Fact]
    public void A_tensor_is_read_as_what_it_holds_or_converted()
    {
        var single = StateTensor.Over("n", [7L], []);

        Assert.Contains("'n' holds I64, not Single", Assert.Throws<InvalidOperationException>(() => single.To<float>()).Message);
        Assert.Equal([7f], single.ConvertTo<float>().ToArray());
    }

    [Fact]
    public void Names_that_differ_are_said_up_to_five_of_them()
    {
        var nothing = new Dictionary<string, StateTensor>();

        Assert.Contains("missing are 'weight', 'bias', 'running_mean', 'running_var', 'num_batches_tracked' and unexpected none.",
            Assert.Throws<ArgumentException>(() => new BatchNorm1d(2).LoadStateDict(nothing)).Message);
        Assert.Contains(", '2.weight' and 2 more and unexpected none.",
            Assert.Throws<ArgumentException>(() => new Sequential(new Linear(1, 1), new LayerNorm(2), new LayerNorm(2), new RmsNorm(2)).LoadStateDict(nothing)).Message);
    }

    [Fact]
    public void The_number_of_batches_may_be_missing_beside_running_statistics_and_nowhere_else()
    {
        var state = new Dictionary<string, StateTensor>(new BatchNorm1d(2).StateDict());
        state.Remove("num_batches_tracked", out var counter);
        var linear = new Dictionary<string, StateTensor>(new Linear(2, 2).StateDict()) { ["num_batches_tracked"] = counter! };

        Assert.Equal(["num_batches_tracked"], new BatchNorm1d(2).LoadStateDict(state).Missing);
        Assert.Contains("unexpected 'num_batches_tracked'", Assert.Throws<ArgumentException>(() => new Linear(2, 2).LoadStateDict(linear)).Message);
    }

    [Fact]
    public void Elements_are_named_by_their_type()
    {
        Assert.Equal(["F32", "F64", "F16", "I64", "I32", "I16", "I8", "U8", "BOOL"],
            [Of(1f), Of(1.0), Of((Half)1), Of(1L), Of(1), Of((short)1), Of((sbyte)1), Of((byte)1), Of(true)]);

        static string Of<T>(T one) where T : unmanaged => StateTensor.Over("t", [one], [1]).DType;
    }

    [Fact]
    public void PyTorchs_newer_names_of_weight_norm_stand_for_the_older_ones()
    {
        var layer = new WeightNormLinear(2, 1, bias: false);

        layer.LoadStateDict(new Dictionary<string, StateTensor>
        {
            ["parametrizations.weight.original0"] = StateTensor.Over("g", [3f], [1, 1]),
            ["parametrizations.weight.original1"] = StateTensor.Over("v", [4f, 5f], [1, 2]),
        });

        Assert.Equal([3, 4, 5], layer.Parameters.SelectMany(parameter => parameter.Values.ToArray()));
    }

    [Fact]
    public void One_number_stands_for_one_number_only_and_truth_for_none()
    {
        Refuses("weight", StateTensor.Over("weight", [1f], [1]));
        Refuses("num_batches_tracked", StateTensor.Over("num_batches_tracked", [true], []));

        static void Refuses(string name, StateTensor tensor)
        {
            var state = new Dictionary<string, StateTensor>(new BatchNorm1d(3).StateDict()) { [name] = tensor };
            Assert.Contains($"Expected '{name}'", Assert.Throws<ArgumentException>(() => new BatchNorm1d(3).LoadStateDict(state)).Message);
        }
    }

    void Says(string words, byte[] file)
    {
        System.IO.File.WriteAllBytes(File, file);
        Assert.Contains(words, Assert.Throws<InvalidDataException>(() => SafeTensors.Load(File)).Message);
    }

    static byte[] Written(string header, int data) =>
        [.. BitConverter.GetBytes((ulong)Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header), .. new byte[data]];

    /// <summary>A tensor that has a place in the header, and cannot be had when its bytes are to be written.</summary>
    sealed class FailingHalfway : IReadOnlyDictionary<string, StateTensor>
    {
        readonly Dictionary<string, StateTensor> tensors = new() { ["t"] = StateTensor.Over("t", [1f], [1]) };

        public IEnumerable<StateTensor> Values => throw new IOException("halfway");

        public StateTensor this[string key] => tensors[key];

        public IEnumerable<string> Keys => tensors.Keys;

        public int Count => tensors.Count;

        public bool ContainsKey(string key) => tensors.ContainsKey(key);

        public bool TryGetValue(string key, out StateTensor value) => tensors.TryGetValue(key, out value!);

        public IEnumerator<KeyValuePair<string, StateTensor>> GetEnumerator() => tensors.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
