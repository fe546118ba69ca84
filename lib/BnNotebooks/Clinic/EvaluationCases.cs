using BnNotebooks.Experiments;

namespace BnNotebooks.Clinic;

/// <summary>Cases of the two modes.</summary>
public static class EvaluationCases
{
    const int Seeds = 4, Steps = 150;

    /// <summary>The test accuracy in evaluation mode of networks whose running averages move by 0.001 a step.</summary>
    /// <param name="cure">What is done after training.</param>
    public static Outcome Accuracy(Action<Patient> cure) => Outcome.OfSeeds(Seeds, seed =>
    {
        using var patient = new Patient(seed, Patient.Usual with { Normalization = Norm.Batch with { Momentum = 0.001 } }).Learn(Steps);
        cure(patient);
        patient.Model.Train(false);
        return patient.Accuracy(patient.Test);
    });

    /// <summary>The share of test images whose answer is another when they come in other batches of eight.</summary>
    /// <param name="mode">Switches the network to the mode that it is used in.</param>
    public static Outcome AnswersThatDependOnOthers(Action<Patient> mode) => Outcome.OfSeeds(Seeds, seed =>
    {
        using var patient = new Patient(seed).Learn(Steps);
        mode(patient);
        int[] once = Dealt(patient, new Random(seed)), again = Dealt(patient, new Random(seed + 1000));
        return once.Zip(again, (a, b) => a == b ? 0.0 : 1).Average();
    });

    /// <summary>The accuracy on test images that come sorted by their class, 30 at a time.</summary>
    /// <param name="mode">Switches the network to the mode that it is used in.</param>
    public static Outcome AccuracyOnSorted(Action<Patient> mode) => Outcome.OfSeeds(Seeds, seed =>
    {
        using var patient = new Patient(seed).Learn(Steps);
        mode(patient);
        int[] sorted = [.. Enumerable.Range(0, patient.Test.Count).OrderBy(row => patient.Test.Labels![row])];
        return sorted.Chunk(30).Average(rows => patient.Accuracy(patient.Test.Rows(rows)));
    });

    /// <summary>The accuracy on test images in fog, 60 at a time.</summary>
    /// <param name="mode">What is done before the network is used on them.</param>
    public static Outcome AccuracyInFog(Action<Patient> mode) => Outcome.OfSeeds(Seeds, seed =>
    {
        using var patient = new Patient(seed).Learn(Steps);
        mode(patient);
        int[] rows = [.. Enumerable.Range(0, patient.Test.Count)];
        return rows.Chunk(60).Average(part => patient.Accuracy(Foggy(patient.Test.Rows(part))));
    });

    /// <summary>The loss on the 60 images that are all the training data, after 40 steps.</summary>
    /// <param name="momentum">The share of a new batch in the running averages.</param>
    /// <param name="training">Whether it is taken in training mode.</param>
    public static Outcome LossOnTrainingData(double momentum, bool training = false) => Outcome.OfSeeds(Seeds, seed =>
    {
        using var patient = new Patient(seed, Patient.Usual with { Normalization = Norm.Batch with { Momentum = momentum } });
        var all = patient.Train.Take(60);
        patient.Learn(Enumerable.Repeat(all, 40)).Model.Train(training);
        return patient.Loss(all);
    });

    /// <summary>By how much the answers in evaluation mode change because somebody looked at other data, at most.</summary>
    /// <param name="mode">Switches the network to the mode in which the other data is looked at.</param>
    public static Outcome ChangeByLooking(Action<Patient> mode) => Outcome.OfSeeds(Seeds, seed =>
    {
        using var patient = new Patient(seed).Learn(Steps);
        var others = patient.Deal(Foggy(patient.Train), 20).ToArray();
        patient.Model.Train(false);
        var before = patient.Outputs(patient.Test);
        mode(patient);
        patient.LookAt(others);
        patient.Model.Train(false);
        return patient.Outputs(patient.Test).Zip(before, (a, b) => (double)Math.Abs(a - b)).Max();
    });

    /// <summary>The same images as seen in fog: a quarter of the contrast, and brighter.</summary>
    /// <param name="samples">The images, pixels from 0 to 16.</param>
    public static Samples Foggy(Samples samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return samples.Change((value, _) => 0.25f * value + 10);
    }

    static int[] Dealt(Patient patient, Random random)
    {
        int[] rows = [.. Enumerable.Range(0, patient.Test.Count)], answers = new int[rows.Length];
        random.Shuffle(rows);
        foreach (var eight in rows.Chunk(8))
            foreach (var (row, answer) in eight.Zip(patient.Answers(patient.Test.Rows(eight))))
                answers[row] = answer;
        return answers;
    }
}
