using BnNotebooks.Diagnosis;
using BnNotebooks.Experiments;
using BnNotebooks.Tests.Charts;
using TorchSharp;
using static TorchSharp.torch;

using Net = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace BnNotebooks.Tests.Diagnosis;
/// <summary>What the doctor leaves behind, and how it reports.</summary>
[Collection(nameof(TorchRandomNumbers))]
public class DoctorTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_network_is_afterwards_as_it_was(bool training)
    {
        var net = WithDropout();
        net.train(training);
        net.modules().OfType<TorchSharp.Modules.BatchNorm1d>().First().train(!training);
        var before = Everything(net);

        Doctor.Examine(net, Batches());

        Assert.Equal(before, Everything(net));
    }

    [Fact]
    public void The_network_is_as_it_was_after_its_forward_failed()
    {
        var net = WithDropout();
        net.train();
        Tensor[] batches = [.. Batches(), rand(4, 63)];
        var before = Everything(net);

        var error = Assert.Throws<InvalidOperationException>(() => Doctor.Examine(net, batches));

        Assert.Contains("batch 4, of shape (4, 63), in training mode", error.Message);
        Assert.Equal(before, Everything(net));
    }

    [Fact]
    public void A_second_examination_finds_the_same()
    {
        var net = WithDropout();
        Assert.Equal(Doctor.Examine(net, Batches()).ToString(), Doctor.Examine(net, Batches()).ToString());
    }

    [Fact]
    public void A_backward_pass_that_was_pending_still_works()
    {
        var net = WithDropout();
        var loss = net.call(Batches()[0]).sum();

        Doctor.Examine(net, Batches());

        loss.backward();
    }

    [Fact]
    public void No_batch_or_an_empty_one_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Doctor.Examine(WithDropout(), Array.Empty<Tensor>()));
        Assert.Throws<ArgumentException>(() => Doctor.Examine(WithDropout(), [zeros(0, 64)]));
    }

    [Fact]
    public void Faults_stand_before_remarks_in_the_table_and_the_chart_has_a_bar_for_each_layer()
    {
        var report = Doctor.Examine(WithDropout(), Batches());

        Assert.Equal(report.Findings.OrderByDescending(finding => finding.Severity), report.Findings);
        Assert.Equal(report.Findings.Count, report.ToTable().Rows.Count);
        Assert.Equal(["1", "5", "output"], report.Layers.Select(layer => layer.Name));
        Assert.Equal([2, 2, 3], ChartJson.Json(report.Chart()).Traces().Select(trace => ChartJson.Numbers(trace["y"]).Length));
    }

    [Fact]
    public void A_network_without_normalization_is_examined_too()
    {
        var report = Doctor.Examine(nn.Sequential(nn.Linear(64, 10)), Batches());

        Assert.True(report.Healthy, report.ToString());
        Assert.Single(report.Layers);
    }

    private static Net WithDropout() => Nets.Make(1, () => nn.Sequential(nn.Linear(64, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Dropout(0.5),
        nn.Linear(32, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Linear(32, 10)));

    private static Tensor[] Batches() => [.. Nets.Batches(DataSets.Digits.Train, 16, 1, 3).Select(batch => batch.Inputs)];

    private static string Everything(Net net) => string.Join('\n',
    [
        .. net.state_dict().Select(entry => $"{entry.Key}: {string.Join(' ', Numbers.Of(entry.Value))}"),
        .. net.named_modules().Select(entry => $"{entry.name}: {entry.module.training}"),
        .. net.named_parameters().Select(entry => $"{entry.name}: {entry.parameter.requires_grad}"),
        net.training.ToString(),
        string.Join(' ', Numbers.Of(get_rng_state())),
    ]);
}

/// <summary>Tests that look at libtorch's random numbers, which all threads share.</summary>
[CollectionDefinition(nameof(TorchRandomNumbers), DisableParallelization = true)]
public sealed class TorchRandomNumbers;
