using BnNotebooks.Clinic;
using BnNotebooks.Experiments;

namespace BnNotebooks.Tests.Clinic;

/// <summary>Each case of evaluation mode shows its symptom, and its cure takes it away.</summary>
public class EvaluationCasesTests
{
    static readonly Action<Patient> training = net => net.Model.Train(), evaluation = net => net.Model.Train(false);

    internal static void TakeAnew(Patient net) => TakeAnew(net, net.Train);

    static void TakeAnew(Patient net, Samples samples)
    {
        foreach (var norm in net.Norms)
        {
            norm.reset_running_stats();
            norm.momentum = null;
        }
        net.Model.Train();
        net.LookAt(net.Deal(samples, 20));
    }

    [Fact]
    public void Stale_averages_cost_accuracy_and_new_ones_bring_it_back() =>
        Mended.FromBelow(EvaluationCases.Accuracy(net => { }), 0.8, EvaluationCases.Accuracy(TakeAnew), 0.85);

    [Fact]
    public void In_training_mode_answers_depend_on_other_images_and_in_evaluation_mode_none_does() =>
        Mended.FromAbove(EvaluationCases.AnswersThatDependOnOthers(training), 0.02, EvaluationCases.AnswersThatDependOnOthers(evaluation), 0);

    [Fact]
    public void In_training_mode_images_sorted_by_class_are_not_told_apart() =>
        Mended.FromBelow(EvaluationCases.AccuracyOnSorted(training), 0.5, EvaluationCases.AccuracyOnSorted(evaluation), 0.85);

    [Fact]
    public void In_fog_training_mode_is_better_than_evaluation_and_averages_of_fog_are_as_good() =>
        Mended.FromBelow(EvaluationCases.AccuracyInFog(evaluation), 0.75, EvaluationCases.AccuracyInFog(net =>
        {
            TakeAnew(net, EvaluationCases.Foggy(net.Train));
            evaluation(net);
        }), 0.8);

    [Fact]
    public void After_forty_steps_slow_averages_give_a_large_loss_on_the_training_data_itself() =>
        Mended.FromAbove(EvaluationCases.LossOnTrainingData(0.01), 0.3, EvaluationCases.LossOnTrainingData(0.1), 0.15);

    [Fact]
    public void The_momentum_of_the_averages_changes_nothing_in_training_mode() =>
        Assert.Equal(EvaluationCases.LossOnTrainingData(0.01, training: true).Values, EvaluationCases.LossOnTrainingData(0.1, training: true).Values);

    [Fact]
    public void Looking_in_training_mode_changes_what_evaluation_gives() =>
        Mended.FromAbove(EvaluationCases.ChangeByLooking(training), 0.1, EvaluationCases.ChangeByLooking(evaluation), 0);

    [Fact]
    public void A_layer_in_a_list_is_found_only_if_it_is_registered()
    {
        static void Kept(Tower net, TorchSharp.Modules.BatchNorm norm) => net.Layers.Add(norm);
        static void Registered(Tower net, TorchSharp.Modules.BatchNorm norm)
        {
            net.Layers.Add(norm);
            net.register_module($"norm{net.Layers.Count}", norm);
        }

        Assert.Equal([3.0], Tower.InTrainingAfterEval(Kept).Values);
        Assert.Equal([0.0], Tower.InTrainingAfterEval(Registered).Values);
        Assert.Equal([0.0], Tower.ParametersFound(Kept).Values);
        Assert.Equal([6.0], Tower.ParametersFound(Registered).Values); // γ and β of three
    }
}
