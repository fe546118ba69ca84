namespace BnNotebooks.Experiments;

/// <summary>How large a learning rate a network stands.</summary>
public static class LargestRate
{
    const double First = 0.2;
    const int RatesAnOctave = 4, Octaves = 12;

    /// <summary>
    /// The largest of the rates 0.2, 0.24, 0.28, 0.34, 0.4, … (four to an octave, up to twelve octaves) with which a run reaches an accuracy on the
    /// test data within the experiment's steps, as all smaller ones of them do.
    /// </summary>
    /// <param name="experiment">What to train; its learning rate is replaced. How often it looks decides how exact the end of a run is.</param>
    /// <param name="seed">Decides the weights, the batches, dropout and noise.</param>
    /// <param name="accuracy">What counts as trained, from 0 to 1.</param>
    /// <exception cref="InvalidOperationException">It does not train with 0.2 either.</exception>
    public static double Of(Experiment experiment, int seed, double accuracy)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        double largest = double.NaN;
        for (var i = 0; i <= RatesAnOctave * Octaves; i++)
        {
            var rate = First * Math.Pow(2, (double)i / RatesAnOctave);
            if (!Trains(experiment with { LearningRate = rate }, seed, accuracy))
                break;
            largest = rate;
        }
        return double.IsNaN(largest)
            ? throw new InvalidOperationException($"{experiment}, seed {seed}, does not reach {accuracy} within {experiment.Steps} steps with the first rate, {First}; give it more steps.")
            : largest;
    }

    static bool Trains(Experiment experiment, int seed, double accuracy)
    {
        using var training = experiment.Start(seed);
        while (training.StepsDone < experiment.Steps)
        {
            if (!double.IsFinite(training.Steps(Math.Min(experiment.LookEvery, experiment.Steps - training.StepsDone))[^1]))
                return false;
            if (training.Evaluate(experiment.Data.Test).Accuracy >= accuracy)
                return true;
        }
        return false;
    }
}
