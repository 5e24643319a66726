namespace RecordHub.Interop.Tests.Fleets;

/// <summary>An engine that can be away.</summary>
internal enum Engine { Broker, Database, Objects }

/// <summary>One thing that happens to an installation, so long after the beginning.</summary>
/// <param name="At">When.</param>
/// <param name="Away">The engine that goes away; null for a process that is killed.</param>
/// <param name="For">How long the engine is away.</param>
/// <param name="Node">The number of the process that is killed with signal 9.</param>
internal sealed record Mishap(TimeSpan At, Engine? Away, TimeSpan For, int Node);

/// <summary>What happens, all of it following from the seed.</summary>
internal sealed record ChaosPlan
{
    public required int Seed { get; init; }

    public required int Instances { get; init; }

    public required int Documents { get; init; }

    /// <summary>How long records are sent at a measured pace; what is left then goes as fast as it can.</summary>
    public required TimeSpan Span { get; init; }

    public required IReadOnlyList<Mishap> Mishaps { get; init; }

    /// <summary>Three outages in an order by lot, at most two of them at a time, and kills all along.</summary>
    public static ChaosPlan Of(int seed, bool whole, int nodes)
    {
        Random random = new(seed);
        TimeSpan[] away = whole ? [Seconds(60), Seconds(20), Seconds(20)] : [Seconds(12), Seconds(6), Seconds(6)];
        Engine[] order = Enum.GetValues<Engine>();
        random.Shuffle(order);
        List<Mishap> mishaps = [];
        TimeSpan at = Seconds(2 + random.Next(4));
        TimeSpan end = at;
        foreach (Engine engine in order)
        {
            TimeSpan length = away[(int)engine];
            mishaps.Add(new Mishap(at, engine, length, 0));
            end = at + length > end ? at + length : end;

            // The next goes at any time from now to a little after this one is back.
            at += length * (0.3 + (random.NextDouble() * 0.9));
        }

        for (TimeSpan kill = Seconds(1 + random.Next(3)); kill < end; kill += Seconds(2 + (random.NextDouble() * 6)))
        {
            mishaps.Add(new Mishap(kill, null, TimeSpan.Zero, random.Next(nodes)));
        }

        return new ChaosPlan
        {
            Seed = seed,
            Instances = whole ? 2_000 : 400,
            Documents = whole ? 200 : 40,
            Span = end,
            Mishaps = [.. mishaps.OrderBy(mishap => mishap.At)],
        };
    }

    private static TimeSpan Seconds(double count) => TimeSpan.FromSeconds(count);
}
