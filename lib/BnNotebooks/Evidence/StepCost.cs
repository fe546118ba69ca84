using System.Diagnostics;

namespace BnNotebooks.Evidence;

/// <summary>What a training step of each side costs in time, here: a cost in time belongs beside a cost in steps.</summary>
static class StepCost
{
    const int Rounds = 7, StepsARound = 30;

    /// <summary>Times the sides in turn, so that what disturbs the machine disturbs all, and takes the median of the rounds.</summary>
    /// <returns>Microseconds a step, for the sides that train.</returns>
    public static IReadOnlyDictionary<Side, double> Measure(Study study, Func<Side, Choice> choice)
    {
        var trainings = study.Sides.Select(side => (Side: side, Training: side.Steps(choice(side)))).Where(entry => entry.Training is not null).ToArray();
        var times = trainings.Select(_ => new double[Rounds]).ToArray();
        for (var round = 0; round < Rounds; round++)
            foreach (var (i, (_, training)) in trainings.Index())
            {
                var start = Stopwatch.GetTimestamp();
                for (var step = 0; step < StepsARound; step++)
                    training!.Step();
                times[i][round] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / StepsARound;
            }
        foreach (var (_, training) in trainings)
            training!.Of.Dispose();
        return trainings.Index().ToDictionary(entry => entry.Item.Side, entry => Math.Round(Quantiles.Median(times[entry.Index]), 1));
    }
}
