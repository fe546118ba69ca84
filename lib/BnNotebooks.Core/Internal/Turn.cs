namespace BnNotebooks.Core;

/// <summary>
/// The time for which a layer is in use. Passes that leave nothing behind may meet, anything else has the layer to itself. Nobody
/// is made to wait: two threads that train one layer in turns would be as wrong as at once, so the second one is told.
/// </summary>
internal readonly ref struct Turn
{
    private const int Alone = int.MinValue / 2;

    private readonly ref int users;
    private readonly bool shared;

    /// <summary>Begins a turn, which <see cref="Dispose"/> ends.</summary>
    /// <param name="users">How many share the layer at the moment, or a number below zero if one has it alone.</param>
    /// <param name="shared">Whether this turn may meet others that may.</param>
    /// <param name="layer">Whose turn it is, for the message.</param>
    /// <exception cref="InvalidOperationException">The turn would meet one that it may not meet.</exception>
    public Turn(ref int users, bool shared, object layer)
    {
        if (shared ? Interlocked.Increment(ref users) <= 0 : Interlocked.CompareExchange(ref users, Alone, 0) != 0)
        {
            if (shared)
                Interlocked.Decrement(ref users);
            throw new InvalidOperationException(
                $"This {layer.GetType().Name.Split('`')[0]} is in use on another thread. Threads may share a layer for forward passes in "
                + "evaluation mode with GradEnabled false; for anything else, give each a layer of its own or let one wait for the other.");
        }
        this.users = ref users;
        this.shared = shared;
    }

    public void Dispose() => Interlocked.Add(ref users, shared ? -1 : -Alone);
}
