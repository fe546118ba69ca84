namespace BnNotebooks.Checks.Tests.Answers;

static class TrainingAnswers
{
    static Answer Sgd(string name, string[] words, Func<double, double, double, double> function) => new($"SgdStep: {name}", words, () => Check.SgdStep((p, g, lr) => [.. p.Select((v, i) => function(v, g[i], lr))]));

    static Answer Momentum(string name, string[] words, Func<double, double, double, double, double, (double P, double V)> function) => new($"Momentum: {name}", words, () => Check.Momentum((p, g, v, lr, mu) =>
        ([.. p.Select((value, i) => function(value, g[i], v[i], lr, mu).P)], [.. p.Select((value, i) => function(value, g[i], v[i], lr, mu).V)])));

    static Answer Slope(string name, string[] words, Func<Func<double[], double>, double[], double, double[]> function) => new($"CentralDifferences: {name}", words, () => Check.CentralDifferences((f, x, h) => function(f, x, h)));

    static Answer Loop(string name, string[] words, Func<ITrainable, Batch[], Batch, int, double[]> function) => new($"TrainingLoop: {name}", words, () => Check.TrainingLoop((network, batches, unseen, epochs) => function(network, batches, unseen, epochs)));

    static double[] Moved(double[] x, int i, double by)
    {
        var copy = x.ToArray();
        copy[i] += by;
        return copy;
    }

    static double[] Each(double[] x, Func<int, double> value) => [.. Enumerable.Range(0, x.Length).Select(value)];

    static void Learn(ITrainable network, Batch batch)
    {
        network.ZeroGradients();
        network.Forward(batch.X);
        network.Backward(batch.Labels);
        network.Step();
    }

    static double[] Epochs(int epochs, Func<double> epoch) => [.. Enumerable.Range(0, epochs).Select(_ => epoch())];

    public static IEnumerable<Answer> Wrong =>
    [
        Sgd("uphill", ["sign", "uphill"], (p, g, lr) => p + lr * g),
        Sgd("no rate", ["rate"], (p, g, _) => p - g),
        Sgd("over the rate", ["rate"], (p, g, lr) => p - g / lr),
        Sgd("the step alone", ["step", "p", "parameter"], (_, g, lr) => -lr * g),
        Sgd("the rate on the parameter", ["rate", "parenthes"], (p, g, lr) => lr * (p - g)),
        Sgd("1 − lr", ["rate"], (p, g, lr) => p - (1 - lr) * g),
        Sgd("g − lr·p", ["exchanged", "changed places"], (p, g, lr) => g - lr * p),
        Sgd("sign of the gradient", ["sign", "size"], (p, g, lr) => p - lr * Math.Sign(g)),
        Sgd("a product", ["p", "multipl"], (p, g, lr) => p * (1 - lr * g)),
        Sgd("nothing", ["p itself", "g is left out"], (p, _, _) => p),
        new("SgdStep: in place", ["in place"], () => Check.SgdStep((p, g, lr) =>
        {
            for (var i = 0; i < p.Length; i++)
                p[i] -= lr * g[i];
            return p;
        })),
        new("SgdStep: the last parameter left out", ["last"], () => Check.SgdStep((p, g, lr) => [.. p.Select((v, i) => i < p.Length - 1 ? v - lr * g[i] : v)])),
        new("SgdStep: the mean gradient", ["mean", "own gradient", "each"], () => Check.SgdStep((p, g, lr) => [.. p.Select(v => v - lr * g.Average())])),

        Momentum("damped, (1 − μ)·g", ["1 − ", "PyTorch", "average"], (p, g, v, lr, mu) => (p - lr * (mu * v + (1 - mu) * g), mu * v + (1 - mu) * g)),
        Momentum("Keras's velocity, rate within", ["rate", "velocity"], (p, g, v, lr, mu) => (p + mu * v - lr * g, mu * v - lr * g)),
        Momentum("rate within, same sign", ["rate", "velocity"], (p, g, v, lr, mu) => (p - mu * v - lr * g, mu * v + lr * g)),
        Momentum("Nesterov", ["Nesterov"], (p, g, v, lr, mu) => (p - lr * (g + mu * (mu * v + g)), mu * v + g)),
        Momentum("the old velocity", ["old velocity", "velocity"], (p, g, v, lr, mu) => (p - lr * v, mu * v + g)),
        Momentum("the plain gradient", ["gradient", "velocity"], (p, g, v, lr, mu) => (p - lr * g, mu * v + g)),
        Momentum("uphill", ["sign", "uphill"], (p, g, v, lr, mu) => (p + lr * (mu * v + g), mu * v + g)),
        Momentum("velocity not kept", ["velocity", "v"], (p, g, v, lr, mu) => (p - lr * (mu * v + g), v)),
        Momentum("momentum on the gradient", ["momentum", "g and v changed places"], (p, g, v, lr, mu) => (p - lr * (v + mu * g), v + mu * g)),
        Momentum("no momentum", ["momentum", "share of μ"], (p, g, v, lr, _) => (p - lr * (v + g), v + g)),
        Momentum("momentum the other way", ["momentum"], (p, g, v, lr, mu) => (p - lr * ((1 - mu) * v + mu * g), (1 - mu) * v + mu * g)),
        Momentum("minus the gradient, then minus the velocity", ["sign", "minus"], (p, g, v, lr, mu) => (p - lr * (mu * v - g), mu * v - g)),
        Momentum("rate forgotten", ["rate"], (p, g, v, _, mu) => (p - (mu * v + g), mu * v + g)),
        new("Momentum: in place", ["in place"], () => Check.Momentum((p, g, v, lr, mu) =>
        {
            for (var i = 0; i < p.Length; i++)
            {
                v[i] = mu * v[i] + g[i];
                p[i] -= lr * v[i];
            }
            return (p, v);
        })),

        Slope("forward differences", ["one side", "forward", "central"], (f, x, h) => Each(x, i => (f(Moved(x, i, h)) - f(x)) / h)),
        Slope("backward differences", ["one side", "backward", "central"], (f, x, h) => Each(x, i => (f(x) - f(Moved(x, i, -h))) / h)),
        Slope("over h", ["2h"], (f, x, h) => Each(x, i => (f(Moved(x, i, h)) - f(Moved(x, i, -h))) / h)),
        Slope("parentheses around 2h forgotten", ["parenthes", "h squared", "2h", "(2 * h)"], (f, x, h) => Each(x, i => (f(Moved(x, i, h)) - f(Moved(x, i, -h))) / 2 * h)),
        Slope("the sign", ["sign"], (f, x, h) => Each(x, i => (f(Moved(x, i, -h)) - f(Moved(x, i, h))) / (2 * h))),
        Slope("not divided", ["h"], (f, x, h) => Each(x, i => f(Moved(x, i, h)) - f(Moved(x, i, -h)))),
        Slope("all moved at once", ["all", "at once", "one at a time", "each"], (f, x, h) => Each(x, _ => (f([.. x.Select(v => v + h)]) - f([.. x.Select(v => v - h)])) / (2 * h))),
        Slope("half the difference of parentheses", ["parenthes", "bracket"], (f, x, h) => Each(x, i => f(Moved(x, i, h)) - f(Moved(x, i, -h)) / (2 * h))),
        Slope("the first's for all", ["first"], (f, x, h) => Each(x, _ => (f(Moved(x, 0, h)) - f(Moved(x, 0, -h))) / (2 * h))),
        Slope("not put back", ["put back", "put x[i] back"], (f, x, h) =>
        {
            var (at, gradient) = (x.ToArray(), new double[x.Length]);
            for (var i = 0; i < x.Length; i++)
            {
                at[i] += h;
                var up = f(at);
                at[i] -= 2 * h;
                gradient[i] = (up - f(at)) / (2 * h);
            }
            return gradient;
        }),
        Slope("the same array for both", ["zero"], (f, x, h) => Each(x, i =>
        {
            var up = x.ToArray();
            var down = up;
            up[i] += h;
            down[i] -= h;
            return (f(up) - f(down)) / (2 * h);
        })),
        Slope("an h of its own", ["h"], (f, x, _) => Each(x, i => (f(Moved(x, i, 1e-7)) - f(Moved(x, i, -1e-7))) / 2e-7)),

        Loop("gradients never zeroed", ["gradient", "zero"], (network, batches, unseen, epochs) => Epochs(epochs, () =>
        {
            network.Train();
            foreach (var batch in batches)
            {
                network.Forward(batch.X);
                network.Backward(batch.Labels);
                network.Step();
            }
            network.Eval();
            return network.Loss(unseen);
        })),
        Loop("gradients zeroed once an epoch", ["gradient", "zero"], (network, batches, unseen, epochs) => Epochs(epochs, () =>
        {
            network.Train();
            network.ZeroGradients();
            foreach (var batch in batches)
            {
                network.Forward(batch.X);
                network.Backward(batch.Labels);
                network.Step();
            }
            network.Eval();
            return network.Loss(unseen);
        })),
        Loop("gradients zeroed between Backward and Step", ["zero", "Step"], (network, batches, unseen, epochs) => Epochs(epochs, () =>
        {
            network.Train();
            foreach (var batch in batches)
            {
                network.Forward(batch.X);
                network.Backward(batch.Labels);
                network.ZeroGradients();
                network.Step();
            }
            network.Eval();
            return network.Loss(unseen);
        })),
        Loop("never Eval", ["Eval", "evaluation"], (network, batches, unseen, epochs) => Epochs(epochs, () =>
        {
            network.Train();
            foreach (var batch in batches)
                Learn(network, batch);
            return network.Loss(unseen);
        })),
        Loop("never back to Train", ["Train"], (network, batches, unseen, epochs) => Epochs(epochs, () =>
        {
            foreach (var batch in batches)
                Learn(network, batch);
            network.Eval();
            return network.Loss(unseen);
        })),
        Loop("always Eval", ["Train"], (network, batches, unseen, epochs) => Epochs(epochs, () =>
        {
            network.Eval();
            foreach (var batch in batches)
                Learn(network, batch);
            return network.Loss(unseen);
        })),
        Loop("no Step", ["Step"], (network, batches, unseen, epochs) => Epochs(epochs, () =>
        {
            network.Train();
            foreach (var batch in batches)
            {
                network.ZeroGradients();
                network.Forward(batch.X);
                network.Backward(batch.Labels);
            }
            network.Eval();
            return network.Loss(unseen);
        })),
        Loop("no Backward", ["Backward"], (network, batches, unseen, epochs) => Epochs(epochs, () =>
        {
            network.Train();
            foreach (var batch in batches)
            {
                network.ZeroGradients();
                network.Forward(batch.X);
                network.Step();
            }
            network.Eval();
            return network.Loss(unseen);
        })),
        Loop("no Forward", ["Forward"], (network, batches, unseen, epochs) => Epochs(epochs, () =>
        {
            network.Train();
            foreach (var batch in batches)
            {
                network.ZeroGradients();
                network.Backward(batch.Labels);
                network.Step();
            }
            network.Eval();
            return network.Loss(unseen);
        })),
        Loop("one epoch too few", ["epoch"], (network, batches, unseen, epochs) => Epochs(epochs - 1, () =>
        {
            network.Train();
            foreach (var batch in batches)
                Learn(network, batch);
            network.Eval();
            return network.Loss(unseen);
        })),
        Loop("a loss for each batch", ["epoch", "batch", "size"], (network, batches, unseen, epochs) => [.. Enumerable.Range(0, epochs).SelectMany(_ => batches.Select(batch =>
        {
            network.Train();
            Learn(network, batch);
            network.Eval();
            return network.Loss(unseen);
        }))]),
        Loop("the first batch only", ["first batch", "all batches", "every batch", "each batch"], (network, batches, unseen, epochs) => Epochs(epochs, () =>
        {
            network.Train();
            Learn(network, batches[0]);
            network.Eval();
            return network.Loss(unseen);
        })),
        Loop("the last batch left out", ["last batch"], (network, batches, unseen, epochs) => Epochs(epochs, () =>
        {
            network.Train();
            for (var i = 0; i < batches.Length - 1; i++)
                Learn(network, batches[i]);
            network.Eval();
            return network.Loss(unseen);
        })),
        Loop("trained on the unseen, too", ["unseen"], (network, batches, unseen, epochs) => Epochs(epochs, () =>
        {
            network.Train();
            foreach (var batch in batches)
                Learn(network, batch);
            Learn(network, unseen);
            network.Eval();
            return network.Loss(unseen);
        })),
        Loop("the training loss", ["unseen", "training"], (network, batches, unseen, epochs) => Epochs(epochs, () =>
        {
            network.Train();
            foreach (var batch in batches)
                Learn(network, batch);
            network.Eval();
            return network.Loss(batches[^1]);
        })),
        Loop("the loss before the epoch", ["before", "after"], (network, batches, unseen, epochs) => Epochs(epochs, () =>
        {
            network.Eval();
            var loss = network.Loss(unseen);
            network.Train();
            foreach (var batch in batches)
                Learn(network, batch);
            return loss;
        })),
        Loop("Forward of the unseen in training mode", ["Train", "unseen", "averages", "mode"], (network, batches, unseen, epochs) => Epochs(epochs, () =>
        {
            network.Train();
            foreach (var batch in batches)
                Learn(network, batch);
            network.Forward(unseen.X);
            network.Eval();
            return network.Loss(unseen);
        })),
        Loop("Step once an epoch", ["Step", "batch", "epoch"], (network, batches, unseen, epochs) => Epochs(epochs, () =>
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
        })),
        Loop("the last loss for all", ["epoch", "last"], (network, batches, unseen, epochs) =>
        {
            var losses = new double[epochs];
            for (var epoch = 0; epoch < epochs; epoch++)
            {
                network.Train();
                foreach (var batch in batches)
                    Learn(network, batch);
                network.Eval();
                Array.Fill(losses, network.Loss(unseen));
            }
            return losses;
        }),
    ];

    public static IEnumerable<Answer> Right =>
    [
        Sgd("the step apart", [], (p, g, lr) => p + -lr * g),
        Momentum("a running sum", [], (p, g, v, lr, mu) => (p - lr * g - lr * mu * v, g + mu * v)),
        Slope("copies", [], (f, x, h) => Each(x, i => (f(Moved(x, i, h)) - f(Moved(x, i, -h))) / 2 / h)),
        Slope("one copy, put back", [], (f, x, h) =>
        {
            var (at, gradient) = (x.ToArray(), new double[x.Length]);
            for (var i = 0; i < x.Length; i++)
            {
                var old = at[i];
                at[i] = old + h;
                gradient[i] = f(at);
                at[i] = old - h;
                gradient[i] = (gradient[i] - f(at)) / (2 * h);
                at[i] = old;
            }
            return gradient;
        }),
        Slope("in place, put back", [], (f, x, h) => Each(x, i =>
        {
            x[i] += h;
            var up = f(x);
            x[i] -= 2 * h;
            var down = f(x);
            x[i] += h;
            return (up - down) / (2 * h);
        })),
        Loop("zeroed after the step", [], (network, batches, unseen, epochs) =>
        {
            network.ZeroGradients();
            return Epochs(epochs, () =>
            {
                network.Train();
                foreach (var (x, labels) in batches)
                {
                    network.Forward(x);
                    network.Backward(labels);
                    network.Step();
                    network.ZeroGradients();
                }
                network.Eval();
                return network.Loss(unseen);
            });
        }),
        Loop("zeroed between Forward and Backward, Train each time", [], (network, batches, unseen, epochs) => Epochs(epochs, () =>
        {
            for (var i = 0; i < batches.Length; i++)
            {
                network.Train();
                network.Forward(batches[i].X);
                network.ZeroGradients();
                network.Backward(batches[i].Labels);
                network.Step();
                network.Eval();
            }
            return network.Loss(unseen);
        })),
    ];
}
