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
    /// One context for each (SOP class, transfer syntax) in the order of first use, so that a peer refusing one leaves
    /// the others; split over as many associations as it takes.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<PresentationContext>> For(
        IEnumerable<(Uid SopClass, Uid TransferSyntax)> instances) =>
        [.. instances.Distinct().Chunk(MaxContexts).Select(chunk =>
            (IReadOnlyList<PresentationContext>)[.. chunk.Select((pair, i) =>
                new PresentationContext((byte)((2 * i) + 1), pair.SopClass, [pair.TransferSyntax]))])];

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

    private static byte IdOf(int index) => (byte)((2 * index) + 1);
}
