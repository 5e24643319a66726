using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>The presentation contexts to propose for what is to be sent.</summary>
public static class ContextPlan
{
    /// <summary>The most contexts in one association: the odd numbers from 1 to 255 (PS3.8 §9.3.2.2).</summary>
    public const int MaxContexts = 128;

    /// <summary>The context of C-ECHO.</summary>
    public static IReadOnlyList<PresentationContext> Verification { get; } =
    [
        new(1, WellKnownUids.Verification, [WellKnownUids.ImplicitVrLittleEndian, WellKnownUids.ExplicitVrLittleEndian]),
    ];

    /// <summary>
    /// To store instances: a context for each (SOP class, transfer syntax) as they are stored, in the order of first use, and
    /// for what is uncompressed one for each syntax that it can be rewritten into, the default of DICOM among them
    /// (PS3.5 §10.1). Each context has one syntax, so that a peer refusing one leaves the others; split over as many
    /// associations as it takes.
    /// </summary>
    public static IReadOnlyList<ContextShare> For(IEnumerable<(Uid SopClass, Uid TransferSyntax)> instances)
    {
        List<ContextShare> shares = [];
        List<(Uid SopClass, Uid TransferSyntax)> proposed = [];
        HashSet<(Uid SopClass, Uid TransferSyntax)> carried = [];
        foreach ((Uid sopClass, Uid stored) in instances.Distinct())
        {
            (Uid, Uid)[] added = [.. Ways(stored).Select(syntax => (sopClass, syntax)).Except(proposed)];
            if (proposed.Count + added.Length > MaxContexts)
            {
                EndShare();
                added = [.. Ways(stored).Select(syntax => (sopClass, syntax))];
            }

            proposed.AddRange(added);
            carried.Add((sopClass, stored));
        }

        if (carried.Count > 0)
        {
            EndShare();
        }

        return shares;

        void EndShare()
        {
            shares.Add(new ContextShare(
                [.. proposed.Select((pair, i) => new PresentationContext(IdOf(i), pair.SopClass, [pair.TransferSyntax]))],
                carried));
            (proposed, carried) = ([], []);
        }
    }

    /// <summary>One context for each service, in both information models.</summary>
    public static IReadOnlyList<PresentationContext> Queries(params ReadOnlySpan<QueryService> services)
    {
        List<PresentationContext> contexts = [];
        foreach (QueryService service in services)
        {
            foreach (QueryModel model in Enum.GetValues<QueryModel>())
            {
                contexts.Add(new PresentationContext(
                    IdOf(contexts.Count), QueryRetrieveClass.Of(service, model),
                    [TransferSyntax.ExplicitLittleEndian.Uid, TransferSyntax.ImplicitLittleEndian.Uid]));
            }
        }

        return contexts;
    }

    /// <summary>
    /// The contexts of a C-GET in one model: for each storage class as many as there is room for, each of one transfer
    /// syntax, so that the peer can send what it has as it has it; the last takes all that are left.
    /// </summary>
    /// <param name="model">The information model.</param>
    /// <param name="sopClasses">What may come, the likeliest first; what has no room is left out.</param>
    public static IReadOnlyList<PresentationContext> Get(QueryModel model, IReadOnlyCollection<Uid> sopClasses)
    {
        List<PresentationContext> contexts =
        [
            new(1, QueryRetrieveClass.Of(QueryService.Get, model),
                [TransferSyntax.ExplicitLittleEndian.Uid, TransferSyntax.ImplicitLittleEndian.Uid]),
        ];
        Uid[] classes = [.. sopClasses.Distinct().Take(MaxContexts - 1)];
        int each = Math.Min(StoredSyntaxes.Count, (MaxContexts - 1) / Math.Max(1, classes.Length));
        foreach (Uid sopClass in classes)
        {
            for (int i = 0; i < each; i++)
            {
                contexts.Add(new PresentationContext(
                    IdOf(contexts.Count), sopClass,
                    i == each - 1 ? [.. StoredSyntaxes.Skip(i)] : [StoredSyntaxes[i]]));
            }
        }

        return contexts;
    }

    /// <summary>What instances are stored in, the most usual first.</summary>
    private static IReadOnlyList<Uid> StoredSyntaxes { get; } =
    [
        .. new[]
        {
            "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.4.70", "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.50",
            "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.91", "1.2.840.10008.1.2.5", "1.2.840.10008.1.2.4.51",
            "1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.81", "1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.4.202",
            "1.2.840.10008.1.2.4.203", "1.2.840.10008.1.2.4.100", "1.2.840.10008.1.2.4.102", "1.2.840.10008.1.2.4.103",
            "1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2",
        }.Select(Uid.Parse),
    ];

    private static IEnumerable<Uid> Ways(Uid stored) => UncompressedSyntaxes.CanBeRewritten(stored)
        ? UncompressedSyntaxes.Written.Prepend(stored).Distinct()
        : [stored];

    private static byte IdOf(int index) => (byte)((2 * index) + 1);
}
