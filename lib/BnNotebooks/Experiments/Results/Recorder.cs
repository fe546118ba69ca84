using System.Diagnostics;
using BnNotebooks.Plotting;
using TorchSharp;

namespace BnNotebooks.Experiments;

/// <summary>Trains to the end and writes down what happens.</summary>
sealed class Recorder(Training training)
{
    const int WatchedSamples = 512;

    readonly List<Evaluation> tests = [], trainingTests = [];
    readonly List<ActivationRecord> activations = [];
    readonly List<GradientRecord> gradients = [];
    readonly DataSet data = training.Experiment.Data;

    public static Run Record(Experiment experiment, int seed)
    {
        using var training = experiment.Start(seed);
        return new Recorder(training).Record();
    }

    /// <summary>Trains to the end; the network is then there to be looked at.</summary>
    public Run Record()
    {
        var experiment = training.Experiment;
        var losses = new double[experiment.Steps];
        Array.Fill(losses, double.NaN);
        var clock = new Stopwatch();
        Evaluation? lost = null;
        Look();
        for (var step = 1; step <= experiment.Steps; step++)
        {
            var looking = step % experiment.LookEvery == 0 || step == experiment.Steps;
            if (lost is null)
            {
                clock.Start();
                losses[step - 1] = training.Step(looking && experiment.Watch.HasFlag(Watch.Gradients) ? RecordGradients : null);
                clock.Stop();
                if (!double.IsFinite(losses[step - 1]))
                    lost = training.Evaluate(data.Test) with { Loss = double.NaN };
            }
            if (step == experiment.Steps && lost is null)
                training.PrepareForUse();
            if (looking && lost is { } nothing)
                tests.Add(nothing with { Step = step });
            else if (looking)
                Look();
        }
        return new Run(experiment, training.Seed)
        {
            Losses = losses,
            Tests = tests,
            TrainingTests = trainingTests,
            Activations = activations,
            Gradients = gradients,
            Right = training.Right(data.Test),
            Diverged = lost is not null,
            TrainingTime = clock.Elapsed,
        };
    }

    void Look()
    {
        tests.Add(training.Evaluate(data.Test));
        if (training.Experiment.EvaluateTraining)
            trainingTests.Add(training.Evaluate(data.Train, Statistics.Running, first: data.Test.Count));
        if (training.Experiment.Watch.HasFlag(Watch.Activations))
            RecordActivations();
    }

    void RecordActivations()
    {
        using var scope = torch.NewDisposeScope();
        using var quiet = torch.no_grad();
        training.Model.Train(false);
        var inputs = training.Inputs(data.Test).narrow(0, 0, Math.Min(WatchedSamples, data.Test.Count));
        training.Model.Forward(inputs, (part, x, _) =>
        {
            if (part.Kind != PartKind.Activation)
                return;
            var (low, median, high) = Spread(x.select(1, training.Experiment.WatchedUnit));
            activations.Add(new ActivationRecord(training.StepsDone, part.Layer, low, median, high,
                x.mean().item<float>(), x.std(unbiased: false).item<float>()));
        });
    }

    static (double Low, double Median, double High) Spread(torch.Tensor unit)
    {
        using var elements = unit.data<float>();
        double[] values = [.. elements.ToArray().Select(value => (double)value)];
        return (Quantiles.Of(values, 0.15), Quantiles.Median(values), Quantiles.Of(values, 0.85));
    }

    void RecordGradients()
    {
        foreach (var part in training.Model.Parts.Where(part => part.Kind == PartKind.Weights))
            gradients.Add(new GradientRecord(training.StepsDone + 1, part.Layer, part.Module.parameters().First().grad!.norm().item<float>()));
    }
}
