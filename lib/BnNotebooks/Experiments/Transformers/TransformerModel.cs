using System.Numerics.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using F = TorchSharp.torch.nn.functional;

namespace BnNotebooks.Experiments.Transformers;

/// <summary>The weights of a <see cref="Transformer"/>, and its forward pass.</summary>
sealed class TransformerModel : IDisposable
{
    const double EmbeddingDeviation = 0.5;

    readonly Transformer network;
    readonly Random random;
    readonly List<Parameter> parameters = [];
    readonly List<TokenNormalization> norms = [];
    readonly Parameter characters, positions, output;
    readonly Block[] blocks;
    readonly TokenNormalization? first, last;
    readonly torch.Tensor future;
    readonly Scalar attentionScale;

    /// <summary>Draws the first weights, which are the same for a seed whatever the normalization.</summary>
    /// <param name="network">What to build.</param>
    /// <param name="alphabet">How many characters there are.</param>
    /// <param name="seed">Decides the weights.</param>
    public TransformerModel(Transformer network, int alphabet, int seed)
    {
        network.Check();
        this.network = network;
        random = Draws.Generator(seed, Purpose.Weights);
        using var scope = torch.NewDisposeScope();
        characters = Normal(EmbeddingDeviation, alphabet, network.Width);
        positions = Normal(EmbeddingDeviation, network.Context, network.Width);
        if (network.Place == NormPlace.Both)
            first = Norm();
        blocks = [.. Enumerable.Range(0, network.Layers).Select(_ => new Block(this))];
        if (network.Place != NormPlace.After) // where every block ends with one
            last = Norm();
        output = Weight(alphabet, network.Width);
        using Scalar never = float.NegativeInfinity;
        future = torch.full([network.Context, network.Context], never).triu(1).DetachFromDisposeScope();
        attentionScale = 1 / Math.Sqrt((double)network.Width / network.Heads);
    }

    /// <summary>What is learned.</summary>
    public IReadOnlyList<Parameter> Parameters => parameters;

    /// <summary>The normalizations of the residual stream.</summary>
    public IReadOnlyList<TokenNormalization> Norms => norms;

    /// <summary>The output weights of each block's perceptron, whose gradients tell how far the loss reaches.</summary>
    public IReadOnlyList<Parameter> LastWeights => [.. blocks.Select(block => block.Down)];

    /// <summary>All weight matrices of the blocks.</summary>
    public IReadOnlyList<Parameter> BlockWeights => [.. blocks.SelectMany(block => block.Weights)];

    /// <summary>What each token says about the next: (sequences, tokens) to (sequences, tokens, alphabet).</summary>
    /// <param name="tokens">Numbers of characters.</param>
    /// <param name="mode">What batch norms normalize by.</param>
    /// <param name="look">Sees what is on its way.</param>
    public torch.Tensor Forward(torch.Tensor tokens, NormMode mode, Action<Sight, torch.Tensor, torch.Tensor>? look = null)
    {
        var x = characters.index_select(0, tokens.reshape(-1)).reshape(tokens.shape[0], tokens.shape[1], network.Width).Plus(positions.narrow(0, 0, tokens.shape[1]));
        x = first?.Forward(x, mode) ?? x;
        look?.Invoke(Sight.Stream, x, x);
        foreach (var block in blocks)
        {
            x = block.Forward(x, mode, look);
            look?.Invoke(Sight.Stream, x, x);
        }
        var normalized = last?.Forward(x, mode) ?? x;
        look?.Invoke(Sight.Norm, x, normalized);
        return F.linear(normalized, output);
    }

    /// <summary>Frees the native memory.</summary>
    public void Dispose()
    {
        foreach (var tensor in parameters.Cast<torch.Tensor>().Append(future).Concat(norms.SelectMany(norm => norm.Running is { } r ? [r.Mean, r.Variance] : (torch.Tensor[])[])))
            tensor.Dispose();
    }

    TokenNormalization? Norm()
    {
        if (network.Norm == TokenNorm.None)
            return null;
        norms.Add(new TokenNormalization(network.Norm, network.Width, network.Alpha, Learn));
        return norms[^1];
    }

    Parameter Weight(long outputs, long inputs) => Normal(1 / Math.Sqrt(inputs), outputs, inputs);

    Parameter Normal(double deviation, params nint[] shape)
    {
        var values = new float[shape[0] * shape[1]];
        random.FillNormal(values, deviation);
        return Learn(Tensor.Create(values, shape).ToTorch());
    }

    Parameter Normal(double deviation, long rows, long columns) => Normal(deviation, [(nint)rows, (nint)columns]);

    Parameter Learn(torch.Tensor start)
    {
        var parameter = torch.nn.Parameter(start);
        parameter.DetachFromDisposeScope();
        parameters.Add(parameter);
        return parameter;
    }

    /// <summary>Self-attention and a perceptron, each a branch of the residual stream.</summary>
    sealed class Block
    {
        readonly TransformerModel model;
        readonly Parameter queriesKeysValues, merge, up, upBias, downBias;
        readonly Parameter? queryGain, keyGain, attentionFactor, perceptronFactor;
        readonly TokenNormalization?[] norms = new TokenNormalization?[4]; // of attention: before, behind; of the perceptron: before, behind

        public Block(TransformerModel model)
        {
            this.model = model;
            var (width, network) = (model.network.Width, model.network);
            queriesKeysValues = model.Weight(3 * width, width);
            merge = model.Weight(width, width);
            up = model.Weight(4 * width, width);
            Down = model.Weight(width, 4 * width);
            (upBias, downBias) = (model.Learn(torch.zeros(4 * width)), model.Learn(torch.zeros(width)));
            for (var i = 0; i < norms.Length; i++)
                if (network.Place == NormPlace.Both || network.Place == NormPlace.Before == (i % 2 == 0))
                    norms[i] = model.Norm();
            if (network.QkNorm)
                (queryGain, keyGain) = (model.Learn(torch.ones(width / network.Heads)), model.Learn(torch.ones(width / network.Heads)));
            if (network.ZeroBranches)
                (attentionFactor, perceptronFactor) = (model.Learn(torch.zeros(1)), model.Learn(torch.zeros(1)));
        }

        public Parameter Down { get; }

        public IEnumerable<Parameter> Weights => [queriesKeysValues, merge, up, Down];

        public torch.Tensor Forward(torch.Tensor x, NormMode mode, Action<Sight, torch.Tensor, torch.Tensor>? look)
        {
            x = Branch(x, 0, attentionFactor, normalized => Attend(normalized, look));
            return Branch(x, 2, perceptronFactor, Perceptron);

            torch.Tensor Branch(torch.Tensor x, int norm, Parameter? factor, Func<torch.Tensor, torch.Tensor> f)
            {
                var normalized = norms[norm]?.Forward(x, mode) ?? x;
                look?.Invoke(Sight.Norm, x, normalized);
                var branch = f(normalized);
                if (factor is not null)
                    branch *= factor;
                if (model.network.Place == NormPlace.After)
                    return norms[norm + 1]?.Forward(x.Plus(branch), mode) ?? x.Plus(branch);
                return x.Plus(norms[norm + 1]?.Forward(branch, mode) ?? branch);
            }
        }

        torch.Tensor Perceptron(torch.Tensor x) => F.linear(F.gelu(F.linear(x, up, upBias)), Down, downBias);

        torch.Tensor Attend(torch.Tensor x, Action<Sight, torch.Tensor, torch.Tensor>? look)
        {
            long sequences = x.shape[0], tokens = x.shape[1], heads = model.network.Heads, size = x.shape[2] / heads;
            // (sequences, tokens, 3 · channels) to three of (sequences, heads, tokens, channels of a head)
            var parts = F.linear(x, queriesKeysValues).reshape(sequences, tokens, 3, heads, size).permute(2, 0, 3, 1, 4).unbind(0);
            var (q, k, v) = (parts[0], parts[1], parts[2]);
            if (queryGain is not null)
            {
                q = F.layer_norm(q, [size], queryGain, null);
                k = F.layer_norm(k, [size], keyGain, null);
            }
            var logits = q.matmul(k.transpose(2, 3)).mul(model.attentionScale);
            look?.Invoke(Sight.Logits, logits, logits);
            var attention = logits.Plus(model.future.narrow(0, 0, tokens).narrow(1, 0, tokens)).softmax(3);
            return F.linear(attention.matmul(v).transpose(1, 2).reshape(sequences, tokens, heads * size), merge);
        }
    }
}

/// <summary>What a look into the forward pass sees.</summary>
enum Sight
{
    /// <summary>The residual stream before the first block and behind each.</summary>
    Stream,

    /// <summary>The input and the output of a normalization in front of a branch, or behind the last block.</summary>
    Norm,

    /// <summary>The attention logits (sequences, heads, tokens, tokens), before the mask.</summary>
    Logits,
}
