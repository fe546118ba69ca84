using BnNotebooks.Claims;
using BnNotebooks.Experiments;

namespace BnNotebooks.Evidence.Studies;

/// <summary>Notebook 10, speech: a small convolutional network on digits spoken by voices that it was not trained with.</summary>
static class SpokenDigits
{
    public static Study Make()
    {
        TrainingMetric[] metrics = [TrainingMetric.Accuracy];
        var plain = new Experiment { Data = DataSets.SpokenDigits, Network = new Cnn(8, 16), BatchSize = 36, Steps = 150, EvaluateEvery = 150 };
        return new Study
        {
            Name = "spoken-digits",
            Question = "Digits spoken by synthetic voices, CNN 8-16 with ReLU, Adam, batches of 36, 150 steps: how many clips of six other synthetic voices are recognized, each side with its best start and learning rate?",
            Metrics = [.. metrics.Select(metric => metric.Name)],
            Sides = Applications.Sides(plain, metrics, run => run.TestAccuracy, "accuracy at the end"),
            Judgements =
            [
                // The paper that the slide cites reports a gain on real speech. A small study of synthetic voices can agree with it or
                // disagree; by itself it makes nothing wrong that was measured elsewhere.
                new("speech-recognition",
                    results => results.AccuracyDifference(Applications.BatchNorm, Applications.Plain).Above ? Verdict.Holds : Verdict.Contested,
                    results => $"on synthetic voices, with batch norm and without, {Applications.AccuracySentences["gain"](results)}"),
            ],
            Sentences = Applications.AccuracySentences,
        };
    }
}
