using Function = System.Func<BnNotebooks.Checks.ITrainable, BnNotebooks.Checks.Batch[], BnNotebooks.Checks.Batch, int, double[]>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks a training loop: (network, batches, unseen samples, epochs) to the loss on the unseen samples after each epoch, in evaluation.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult TrainingLoop(Function answer) => TrainingLoopExercise.Exercise.Check(answer);
}

static class TrainingLoopExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "TrainingLoop",
        Title = "The training loop",
        Solution = TrainingLoop,
        Trials = [Trial("3 batches, 4 epochs", seed: 111, batches: 3, epochs: 4), Trial("2 batches, 3 epochs", seed: 121, batches: 2, epochs: 3)],
        Mistakes =
        [
            Mistake("The gradients are never set to zero: Backward adds to what is there, so each step goes along the sum of all gradients so far.", Loop(zero: Zero.Never)),
            Mistake("The gradients are set to zero once an epoch; Backward adds to them, so it must be once a step.", Loop(zero: Zero.OnceAnEpoch)),
            Mistake("eval() is forgotten before evaluating: the unseen batch's own statistics are used, and move the averages.", Loop(eval: false)),
            Mistake("train() is not called again after evaluating: from the second epoch on, the network trains in evaluation mode.", Loop(train: When.Once)),
            Mistake("The network is in evaluation mode while it trains: call Train() before each epoch.", Loop(train: When.Never)),
            Mistake("The update comes before Backward: each step goes along the gradient of the batch before.", StepFirst),
            Mistake("You step once an epoch, along the sum of all batches' gradients; here each batch has its step.", StepOnceAnEpoch),
            Mistake("The loss is on the wrong batch: all batches are held against the first one's labels.", Loop(labels: (batches, _) => batches[0].Labels)),
            Mistake("The loss is on the wrong batch: the labels are the next batch's.", Loop(labels: (batches, i) => batches[(i + 1) % batches.Length].Labels)),
            Mistake("Every step is on the first batch: take them one after the other.", Loop(pick: (batches, _) => batches[0])),
            Mistake("Only the first batch is used: an epoch goes through all batches.", Loop(take: batches => batches[..1])),
            Mistake("The unseen samples went through Forward in training mode: that moves batch norm's averages. Call Eval() before.", ForwardBeforeEval),
            Mistake("All entries are the last epoch's loss: write each into its own place.", (network, batches, unseen, epochs) =>
                [.. Enumerable.Repeat(Loop()(network, batches, unseen, epochs)[^1], epochs)]),
            Mistake("The last batch is left out: does the loop end one too early?", Loop(take: batches => batches[..^1])),
            Mistake("The loss that you return is that of a training batch; asked is the unseen samples'.", Loop(judged: (batches, _) => batches[^1])),
            Mistake("You trained on the unseen samples, too: then they are unseen no more.", Loop(takeUnseen: true)),
            Mistake("The network never takes a step: Step() after each Backward.", Loop(step: 0)),
            Mistake("There are two steps for one Backward.", Loop(step: 2)),
            Mistake("You evaluate before the epoch, not after it.", EvaluateFirst),
            Mistake("You evaluate once, at the end; asked is one loss for each epoch.", (network, batches, unseen, epochs) => Loop()(network, batches, unseen, epochs)[^1..]),
            Mistake("There is only one epoch: the outer loop runs over the epochs.", (network, batches, unseen, _) => Loop()(network, batches, unseen, 1)),
            Mistake("Each batch is used twice in a row: in an epoch it has one Forward, one Backward, one Step.", Twice),
        ],
        Hints =
        [
            "Two loops: epochs, and in each the batches. What happens once a step, what once an epoch?",
            "Once a step: ZeroGradients, Forward on the batch's X, Backward with the same batch's labels, Step.",
            "Once an epoch: Train() before the batches, Eval() after them, then the unseen samples' Loss.",
        ],
    };

    static Mistake<Function> Mistake(string name, Function wrong) => new(name, wrong);

    static Trial<Function> Trial(string name, int seed, int batches, int epochs)
    {
        Batch[] all = [.. Enumerable.Range(0, batches).Select(i => Some(seed + i))];
        var unseen = Some(seed + batches);
        return new(name, (f, given) => [Part.Of("losses", f(new SmallNetwork(), [.. all.Select(batch => Copy(given, batch))], Copy(given, unseen), epochs))]);
    }

    static Batch Some(int seed) => new(Numbers.Table(seed, 4, 3), [seed % 3, 1, (seed + 1) % 4, 2]);

    static Batch Copy(Given given, Batch batch) => new(given.Copy("a batch's X", batch.X), given.Copy("a batch's labels", batch.Labels));

    // solution of TrainingLoop
    static double[] TrainingLoop(
        ITrainable network, Batch[] batches, Batch unseen, int epochs)
    {
        var losses = new double[epochs];
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            network.Train();
            foreach (var batch in batches)
            {
                network.ZeroGradients();
                network.Forward(batch.X);
                network.Backward(batch.Labels);
                network.Step();
            }
            network.Eval();
            losses[epoch] = network.Loss(unseen);
        }
        return losses;
    }
    // end

    enum Zero { OnceAStep, OnceAnEpoch, Never }

    enum When { EachEpoch, Once, Never }

    static Function Loop(Zero zero = Zero.OnceAStep, bool eval = true, When train = When.EachEpoch, int step = 1, bool takeUnseen = false,
        Func<Batch[], int, int[]>? labels = null, Func<Batch[], int, Batch>? pick = null, Func<Batch[], Batch[]>? take = null, Func<Batch[], Batch, Batch>? judged = null) =>
        (network, batches, unseen, epochs) => PerEpoch(epochs, epoch =>
        {
            if (train == When.Never)
                network.Eval();
            else if (train == When.EachEpoch || epoch == 0)
                network.Train();
            if (zero == Zero.OnceAnEpoch)
                network.ZeroGradients();
            Batch[] taken = takeUnseen ? [.. batches, unseen] : take?.Invoke(batches) ?? batches;
            for (var i = 0; i < taken.Length; i++)
            {
                if (zero == Zero.OnceAStep)
                    network.ZeroGradients();
                var batch = pick?.Invoke(taken, i) ?? taken[i];
                network.Forward(batch.X);
                network.Backward(labels?.Invoke(taken, i) ?? batch.Labels);
                for (var k = 0; k < step; k++)
                    network.Step();
            }
            if (eval)
                network.Eval();
            return network.Loss(judged?.Invoke(batches, unseen) ?? unseen);
        });

    // Without gradients there is no step, so the first one is left out by those who notice; the others read why.
    static double[] StepFirst(ITrainable network, Batch[] batches, Batch unseen, int epochs)
    {
        var first = true;
        return PerEpoch(epochs, _ =>
        {
            network.Train();
            foreach (var batch in batches)
            {
                network.Forward(batch.X);
                if (!first)
                    network.Step();
                network.ZeroGradients();
                network.Backward(batch.Labels);
                first = false;
            }
            network.Eval();
            return network.Loss(unseen);
        });
    }

    static double[] StepOnceAnEpoch(ITrainable network, Batch[] batches, Batch unseen, int epochs) => PerEpoch(epochs, _ =>
    {
        network.Train();
        network.ZeroGradients();
        foreach (var batch in batches)
        {
            network.Forward(batch.X);
            network.Backward(batch.Labels);
        }
        network.Step();
        network.Eval();
        return network.Loss(unseen);
    });

    static double[] EvaluateFirst(ITrainable network, Batch[] batches, Batch unseen, int epochs) => PerEpoch(epochs, _ =>
    {
        network.Eval();
        var loss = network.Loss(unseen);
        Loop()(network, batches, unseen, 1);
        return loss;
    });

    static double[] ForwardBeforeEval(ITrainable network, Batch[] batches, Batch unseen, int epochs) => PerEpoch(epochs, _ =>
    {
        network.Train();
        foreach (var batch in batches)
        {
            network.ZeroGradients();
            network.Forward(batch.X);
            network.Backward(batch.Labels);
            network.Step();
        }
        network.Forward(unseen.X);
        network.Eval();
        return network.Loss(unseen);
    });

    static double[] Twice(ITrainable network, Batch[] batches, Batch unseen, int epochs) =>
        Loop()(network, [.. batches.SelectMany(batch => new[] { batch, batch })], unseen, epochs);

    static double[] PerEpoch(int epochs, Func<int, double> run) => [.. Enumerable.Range(0, epochs).Select(run)];
}
