using TorchSharp;

namespace BnNotebooks.Experiments;

/// <summary>
/// Clients that train one network together and show nobody their data: each makes some steps on its own, then all take the mean of their
/// networks, running statistics too (FedAvg: McMahan et al. 2017).
/// </summary>
public sealed class Federation : IDisposable
{
    readonly Training[] clients;
    readonly bool normsStayLocal;

    /// <summary>Starts the clients, all with the same weights.</summary>
    /// <param name="clients">What each trains: the same network, on data of its own.</param>
    /// <param name="seed">Decides weights and batches.</param>
    /// <param name="normsStayLocal">Whether each keeps γ, β and statistics of its normalizations to itself (FedBN: Li et al. 2021).</param>
    public Federation(IEnumerable<Experiment> clients, int seed, bool normsStayLocal = false)
    {
        ArgumentNullException.ThrowIfNull(clients);
        this.clients = [.. clients.Select(experiment => experiment.Start(seed))];
        this.normsStayLocal = normsStayLocal;
    }

    /// <summary>The clients.</summary>
    internal IReadOnlyList<Training> Clients => clients;

    /// <summary>Each client makes some steps on its data, then their networks are averaged.</summary>
    /// <param name="localSteps">How many; with one it is as if the gradients were averaged in every step.</param>
    public void Round(int localSteps)
    {
        foreach (var client in clients)
            client.Steps(localSteps);
        using var scope = torch.NewDisposeScope();
        using var quiet = torch.no_grad();
        var shared = clients.Select(Shared).ToArray();
        for (var i = 0; i < shared[0].Length; i++)
        {
            var mean = torch.stack([.. shared.Select(tensors => tensors[i])]).mean([0]);
            foreach (var tensors in shared)
                tensors[i].copy_(mean);
        }
    }

    /// <summary>The mean over the clients of the accuracy that each has on its own test data, by running statistics.</summary>
    public double Accuracy() => clients.Average(client => client.Evaluate(client.Experiment.Data.Test).Accuracy);

    /// <summary>Frees the native memory.</summary>
    public void Dispose()
    {
        foreach (var client in clients)
            client.Dispose();
    }

    torch.Tensor[] Shared(Training client)
    {
        var parameters = client.Model.Of(normsStayLocal ? Trained.All & ~Trained.Norms : Trained.All);
        var statistics = normsStayLocal ? [] : client.Model.BatchNorms.SelectMany(norm => new[] { norm.running_mean!, norm.running_var! });
        return [.. parameters, .. statistics];
    }
}
