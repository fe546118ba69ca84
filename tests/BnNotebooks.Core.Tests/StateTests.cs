using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace BnNotebooks.Core.Tests;

public sealed class StateTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("bn-state-").FullName;

    string File => Path.Combine(folder, "bn.safetensors");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_number_of_batches_can_be_read_as_a_tensor_of_one_element()
    {
        var layer = new BatchNorm1d(2);
        layer.Forward(Data.Normal<float>(seed: 1, [4, 2]));

        var batches = layer.StateDict()["num_batches_tracked"];

        Assert.Empty(batches.Shape);
        Assert.Equal([1L], batches.To<long>().ToArray());
    }

    [Fact]
    public void The_file_is_what_the_format_says_with_the_names_of_PyTorch()
    {
        var layer = Trained();

        SafeTensors.Save(File, layer.StateDict());

        // Read by hand, as the format's description has it.
        var bytes = System.IO.File.ReadAllBytes(File);
        var headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        using var header = JsonDocument.Parse(Encoding.UTF8.GetString(bytes, 8, headerLength));
        var data = bytes.AsSpan(8 + headerLength);
        Assert.Equal(["weight", "bias", "running_mean", "running_var", "num_batches_tracked"],
            header.RootElement.EnumerateObject().Select(entry => entry.Name));
        Assert.Equal(0, headerLength % 8);
        Assert.Equal("""{"dtype":"F32","shape":[3],"data_offsets":[24,36]}""", header.RootElement.GetProperty("running_mean").GetRawText());
        Assert.Equal("""{"dtype":"I64","shape":[],"data_offsets":[48,56]}""", header.RootElement.GetProperty("num_batches_tracked").GetRawText());
        Assert.Equal(layer.RunningMean![1], BinaryPrimitives.ReadSingleLittleEndian(data[28..]));
        Assert.Equal(1, BinaryPrimitives.ReadInt64LittleEndian(data[48..]));
        Assert.Equal(56, data.Length);
    }

    [Fact]
    public void State_has_the_names_and_shapes_of_PyTorch_and_where_it_has_none_those_of_the_authors()
    {
        const string Running = "running_mean (3), running_var (3), num_batches_tracked ()";
        Has($"weight (3), bias (3), {Running}", new BatchNorm1d(3));
        Has(Running, new BatchNorm1d(3, affine: false));
        Has("weight (3), bias (3)", new BatchNorm1d(3, trackRunningStats: false));
        Has("weight (3), bias (3), running_mean (3), running_var (3)", new FrozenBatchNorm(3));
        Has("weight (3), bias (3), running_mean (3), running_std (3)", new BatchRenorm(3));
        Has("running_mean (3), running_std (3)", new BatchRenorm(3, affine: false));
        Has("weight (3,4), bias (3,4)", new LayerNorm([3, 4]));
        Has("weight (4)", new LayerNorm(4, bias: false));
        Has("", new LayerNorm(4, elementwiseAffine: false));
        Has("weight (3,4)", new RmsNorm([3, 4]));
        Has("", new RmsNorm(4, elementwiseAffine: false));
        Has("weight (6), bias (6)", new GroupNorm(2, 6));
        Has("", new GroupNorm(2, 6, affine: false));
        Has("", new InstanceNorm2d(3));
        Has("weight (3), bias (3)", new InstanceNorm2d(3, affine: true));
        Has($"weight (3), bias (3), {Running}", new InstanceNorm2d(3, affine: true, trackRunningStats: true));
        Has($"weight (3), bias (3), mean_weight (3), var_weight (3), {Running}", new SwitchableNorm(3));
        Has($"weight (3), bias (3), mean_weight (2), var_weight (2), {Running}", new SwitchableNorm(3, useInstanceStatistics: false));
        Has($"weight (2,3), bias (2,3), attention.weight (2,3), attention.bias (2), {Running}", new AttentiveNorm(3, numComponents: 2));
        Has($"weight (3), bias (3), {Running}", new StochasticBatchNorm(3, 8));
        Has(Running, new StochasticBatchNorm(3, 8, affine: false));
        Has($"weight (3), bias (3), {Running}", new NoisyBatchNorm(3, 8));
        Has("bias (2), weight_g (2,1), weight_v (2,5)", new WeightNormLinear(5, 2));
        Has("weight_g (2,1), weight_v (2,5)", new WeightNormLinear(5, 2, bias: false));

        static void Has(string state, Layer<float> layer) =>
            Assert.Equal(state, string.Join(", ", layer.StateDict().Values.Select(part => $"{part.Name} ({string.Join(',', part.Shape)})")));
    }

    [Fact]
    public void Saving_replaces_a_file_whole_and_leaves_nothing_beside_it()
    {
        System.IO.File.WriteAllText(File, "an older file, longer than the new one".PadRight(5000));

        SafeTensors.Save(File, Trained().StateDict());

        Assert.Equal(5, SafeTensors.Load(File).Count);
        Assert.Equal([File], Directory.GetFiles(folder));
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_no_file_at_all()
    {
        var missing = Path.Combine(folder, "no such folder", "bn.safetensors");

        Assert.Throws<DirectoryNotFoundException>(() => SafeTensors.Save(missing, Trained().StateDict()));

        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    public static TheoryData<string, string[]> BrokenFiles => new()
    {
        { "empty", ["at least 8 bytes", "there are 0"] },
        { "cut in the header", ["header", "follow"] },
        { "cut in the data", ["'num_batches_tracked'", "56"] },
        { "one byte too many", ["end at byte 56", "57"] },
        { "no JSON", ["not a whole safetensors file"] },
        { "a gap", ["'weight'", "begin at byte 0"] },
        { "wrong size", ["'weight'", "(4,)", "16 bytes", "12"] },
        { "negative length", ["'weight'"] },
        { "overflowing size", ["'weight'"] },
        { "unknown type", ["'weight'", "F8_E5M2", "F32, F64, F16"] },
        { "no offsets", ["not a whole safetensors file"] },
        { "empty offsets", ["not a whole safetensors file"] },
        { "a list", ["not a whole safetensors file"] },
    };

    [Theory, MemberData(nameof(BrokenFiles))]
    public void A_broken_file_is_named_and_what_is_wrong_with_it(string mistake, string[] says)
    {
        SafeTensors.Save(File, Trained().StateDict());
        var whole = System.IO.File.ReadAllBytes(File);
        System.IO.File.WriteAllBytes(File, mistake switch
        {
            "empty" => [],
            "cut in the header" => whole[..40],
            "cut in the data" => whole[..^1],
            "one byte too many" => [.. whole, 0],
            "no JSON" => Written("{\"weight\"", whole),
            "a gap" => Edited(whole, "[0,12]", "[4,12]"),
            "wrong size" => Edited(whole, "[3],\"data_offsets\":[0,12]", "[4],\"data_offsets\":[0,12]"),
            "negative length" => Edited(whole, "[3],\"data_offsets\":[0,12]", "[-3],\"data_offsets\":[0,12]"),
            "overflowing size" => Edited(whole, "[3],\"data_offsets\":[0,12]", $"[3,{string.Join(',', Enumerable.Repeat(1L << 62, 3))}],\"data_offsets\":[0,0]"),
            "unknown type" => Edited(whole, "\"weight\":{\"dtype\":\"F32\"", "\"weight\":{\"dtype\":\"F8_E5M2\""),
            "no offsets" => Edited(whole, "data_offsets", "offsets"),
            "empty offsets" => Edited(whole, "[0,12]", "[]"),
            _ => Written("[1]", whole),
        });

        var exception = Assert.Throws<InvalidDataException>(() => SafeTensors.Load(File));

        Assert.Contains(File, exception.Message);
        foreach (var words in says)
            Assert.Contains(words, exception.Message);
    }

    [Fact]
    public void Metadata_of_other_writers_is_skipped()
    {
        SafeTensors.Save(File, Trained().StateDict());
        var whole = System.IO.File.ReadAllBytes(File);
        System.IO.File.WriteAllBytes(File, Edited(whole, "{\"weight\"", "{\"__metadata__\":{\"format\":\"pt\"},\"weight\""));

        Assert.Equal(5, SafeTensors.Load(File).Count);
    }

    public static TheoryData<string, string[]> OtherStates => new()
    {
        { "another name", ["missing are 'weight'", "unexpected 'gamma'"] },
        { "a name is missing", ["missing are 'running_var'"] },
        { "another shape", ["'weight'", "(3,)", "(4,)"] },
        { "another type", ["'weight'", "F32", "I64"] },
    };

    [Theory, MemberData(nameof(OtherStates))]
    public void A_state_of_another_layer_is_refused_and_changes_nothing(string mistake, string[] says)
    {
        var layer = Trained();
        var before = layer.StateDict().Values.Select(state => state.Name == "num_batches_tracked" ? [] : state.To<float>().ToArray()).ToArray();
        var state = new Dictionary<string, StateTensor>(new BatchNorm1d(3).StateDict());
        var changed = mistake switch
        {
            "another name" => StateTensor.Over("gamma", new float[3], [3]),
            "another shape" => StateTensor.Over("weight", new float[4], [4]),
            "another type" => StateTensor.Over("weight", new long[3], [3]),
            _ => null,
        };
        state.Remove(mistake == "a name is missing" ? "running_var" : "weight");
        if (changed is not null)
            state.Add(changed.Name, changed);

        var exception = Assert.Throws<ArgumentException>(() => layer.LoadStateDict(state));

        Assert.Equal("state", exception.ParamName);
        foreach (var words in says)
            Assert.Contains(words, exception.Message);
        var after = layer.StateDict().Values.Select(s => s.Name == "num_batches_tracked" ? [] : s.To<float>().ToArray()).ToArray();
        Assert.Equal(before, after);
        Assert.Equal(1, layer.NumBatchesTracked);
    }

    static readonly Dictionary<string, (Func<bool, Layer<float>> Make, Func<Layer<float>, Parameter<float>?> Bias)> WithOrWithoutBias = new()
    {
        ["linear"] = (bias => new Linear(3, 2, bias), layer => ((Linear)layer).Bias),
        ["weight norm"] = (bias => new WeightNormLinear(3, 2, bias), layer => ((WeightNormLinear)layer).Bias),
        ["layer norm"] = (bias => new LayerNorm(3, bias: bias), layer => ((LayerNorm)layer).Bias),
    };

    public static TheoryData<string> LayersWithOrWithoutBias => [.. WithOrWithoutBias.Keys];

    [Theory, MemberData(nameof(LayersWithOrWithoutBias))]
    public void A_bias_that_is_not_there_is_null_and_not_in_the_state(string name)
    {
        var (make, bias) = WithOrWithoutBias[name];
        var (with, without) = (make(true), make(false));
        var x = Data.Normal<float>(seed: 4, [5, 3]);
        Data.Normal<float>(seed: 5, with.Parameters[0].Value.Lengths).FlattenTo(with.Parameters[0].Values);
        bias(with)!.Value.Fill(0);

        Assert.Contains("unexpected 'bias'", Assert.Throws<ArgumentException>(() => without.LoadStateDict(with.StateDict())).Message);
        Assert.Contains("missing are 'bias'", Assert.Throws<ArgumentException>(() => with.LoadStateDict(without.StateDict())).Message);
        Assert.Equal(["bias"], without.LoadStateDict(with.StateDict(), strict: false).Unexpected);

        Assert.Null(bias(without));
        Assert.Equal(with.StateDict().Keys.Except(["bias"]), without.StateDict().Keys);
        Close.Assert(with.Forward(x), without.Forward(x), 0, "output");
    }

    static BatchNorm1d Trained()
    {
        var layer = new BatchNorm1d(3);
        Data.Normal<float>(seed: 1, [3]).FlattenTo(layer.Weight!.Values);
        Data.Normal<float>(seed: 2, [3]).FlattenTo(layer.Bias!.Values);
        layer.Forward(Data.Normal<float>(seed: 3, [4, 3]));
        return layer;
    }

    static byte[] Edited(byte[] file, string old, string @new)
    {
        var headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        var header = Encoding.UTF8.GetString(file, 8, headerLength);
        var edited = header.Replace(old, @new);
        Assert.NotEqual(header, edited);
        return Written(edited, file);
    }

    static byte[] Written(string header, byte[] dataOf)
    {
        var bytes = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)bytes.Length);
        var oldHeader = (int)BinaryPrimitives.ReadUInt64LittleEndian(dataOf);
        return [.. length, .. bytes, .. dataOf[(8 + oldHeader)..]];
    }
}
