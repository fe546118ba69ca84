using Function = System.Func<int, int, int, int>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks to which group of group norm a channel belongs: (channel, channels, groups) to the group, from 0. Wu and He 2018.</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult GroupOf(Function answer) => GroupOfExercise.Exercise.Check(answer);
}

static class GroupOfExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "GroupOf",
        Title = "A channel's group",
        Solution = GroupOf,
        Trials = [Trial("12 channels in 3 groups", 12, 3), Trial("8 channels in 4 groups", 8, 4), Trial("one group: layer norm", 6, 1), Trial("a group each: instance norm", 6, 6)],
        Mistakes =
        [
            new("You dealt the channels out one by one; neighbours belong together.", (c, _, groups) => c % groups),
            new("You divided by the number of groups; divide by the channels in one: channels / groups.", (c, _, groups) => c / groups),
            new("That is a channel's place inside its group; asked is the group.", (c, channels, groups) => c % (channels / groups)),
            new("You count the groups from 1; the first is 0.", (c, channels, groups) => c / (channels / groups) + 1),
            new("channels / groups is how many channels a group has; asked is the group of channel c.", (_, channels, groups) => channels / groups),
            new("You rounded up; a channel belongs to the group that began last.", (c, channels, groups) => (c + channels / groups - 1) / (channels / groups)),
            new("A channel is in one group of several here; you took one group for all.", (_, _, _) => 0),
            new("Each channel is a group of its own: that is instance norm.", (c, _, _) => c),
        ],
        Hints = ["How many channels does a group have?", "The first channels / groups of them are group 0, the next as many group 1. A whole-number division counts how often that many fit."],
    };

    static Trial<Function> Trial(string name, int channels, int groups) =>
        new(name, (f, _) => [Part.Of("group", Enumerable.Range(0, channels).Select(c => f(c, channels, groups)).ToArray())]);

    // solution of GroupOf
    static int GroupOf(int c, int channels, int groups)
    {
        return c / (channels / groups);
    }
    // end
}
