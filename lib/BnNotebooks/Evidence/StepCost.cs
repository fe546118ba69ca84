using System.Diagnostics;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence;

/// <summary>What a training step of each side costs in time, here: a cost in time belongs beside a cost in steps.</summary>
static class StepCost
{
    const int Rounds = 7, StepsARound = 30;

    /// <summary>Times the sides in turn, so that what disturbs the machine disturbs all, and takes the median of the rounds.</summary>
    /// <returns>Microseconds a step, for the sides that train.</returns>
    public static IReadOnlyDictionary<Side, double> Measure(Study study, Func<Side, Choice> choice)
    {
        var trainings = study.Sides.OfType<TrainedSide>().Select(side => (Side: side, Training: side.At(choice(side)).Start())).ToArray();
        var times = trainings.Select(_ => new double[Rounds]).ToArray();
        for (var round = 0; round < Rounds; round++)
            foreach (var (i, (_, training)) in trainings.Index())
            {
                var start = Stopwatch.GetTimestamp();
                training.Steps(StepsARound);
                times[i][round] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / StepsARound;
            }
        foreach (var (_, training) in trainings)
            training.Dispose();
        return trainings.Index().ToDictionary(entry => (Side)entry.Item.Side, entry => Math.Round(Quantiles.Median(times[entry.Index]), 1));
    }
}
