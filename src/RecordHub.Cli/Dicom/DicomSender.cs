using System.Globalization;
using RecordHub.Core.Intake;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Network;

namespace RecordHub.Cli.Dicom;

/// <summary>Sends files by C-STORE, over as many associations as their SOP classes and transfer syntaxes need.</summary>
/// <param name="peer">To whom.</param>
/// <param name="time">The clock of the time-outs.</param>
/// <param name="noted">Hears of what is odd and changes nothing.</param>
internal sealed class DicomSender(DicomPeer peer, TimeProvider time, Action<string>? noted = null)
{
    /// <summary>Asks the peer whether it is there; the status of its answer.</summary>
    /// <exception cref="CommandException">It is not, or does not talk to us.</exception>
    public async Task<ushort> EchoAsync(CancellationToken cancellationToken)
    {
        using DicomConnection connection = await DicomConnection.OpenAsync(peer, cancellationToken);
        try
        {
            await using AssociationRequestor association = await OpenAsync(
                connection, ContextPlan.Verification, cancellationToken);
            if (association.Contexts.Count == 0)
            {
                throw new CommandException("The peer does not accept the Verification SOP class.", "Ask its operator to allow it.");
            }

            ushort status = await association.EchoAsync(cancellationToken);
            await DicomConnection.ReleaseAsync(association, noted, cancellationToken);
            return status;
        }
        catch (AssociationException ended)
        {
            throw DicomConnection.Explain(ended, peer);
        }
    }

    /// <summary>
    /// Sends the files one after the other and tells of each what became of it. Nothing is sent twice: an association that
    /// ends, or a peer that has no room, ends the sending, and the rest is told as unsent.
    /// </summary>
    /// <param name="paths">The files.</param>
    /// <param name="journal">What was sent before; null for nothing.</param>
    /// <param name="told">Hears of each file.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Why sending ended early, and what to do; null when everything was offered to the peer.</returns>
    public async Task<CommandException?> SendAsync(
        IEnumerable<string> paths, SentJournal? journal, Action<SentInstance> told, CancellationToken cancellationToken)
    {
        List<OutgoingInstance> instances = [];
        foreach (string path in paths)
        {
            (OutgoingInstance? instance, string reason) = await OutgoingInstance.ReadAsync(path, cancellationToken);
            if (instance is null)
            {
                told(new SentInstance(path, string.Empty, string.Empty, SendOutcome.Unsent, "not sent: " + reason));
            }
            else
            {
                instances.Add(instance);
            }
        }

        return await SendAsync(instances, journal, told, cancellationToken);
    }

    /// <summary>Sends instances in the same way.</summary>
    public async Task<CommandException?> SendAsync(
        IReadOnlyList<OutgoingInstance> instances, SentJournal? journal, Action<SentInstance> told,
        CancellationToken cancellationToken)
    {
        ILookup<(Uid, Uid), OutgoingInstance> bySyntax = SentJournal.Left(instances, journal, told)
            .ToLookup(i => (i.SopClass, i.TransferSyntax));
        CommandException? ended = null;
        foreach (ContextShare share in ContextPlan.For(bySyntax.Select(group => group.Key)))
        {
            Queue<OutgoingInstance> unsent = new(bySyntax.Where(group => share.Instances.Contains(group.Key)).SelectMany(group => group));
            ended ??= await SendShareAsync(share.Contexts, unsent, journal, told, cancellationToken);
            foreach (OutgoingInstance left in unsent)
            {
                told(SentInstance.Of(left, SendOutcome.Unsent, "not sent: sending ended before"));
            }
        }

        return ended;
    }

    /// <summary>Takes from the share what is sent; null when that is all of it.</summary>
    private async Task<CommandException?> SendShareAsync(
        IReadOnlyList<PresentationContext> contexts, Queue<OutgoingInstance> share, SentJournal? journal,
        Action<SentInstance> told, CancellationToken cancellationToken)
    {
        OutgoingInstance? underWay = null;
        try
        {
            using DicomConnection connection = await DicomConnection.OpenAsync(peer, cancellationToken);
            await using AssociationRequestor association = await OpenAsync(connection, contexts, cancellationToken);
            while (share.TryDequeue(out OutgoingInstance? instance))
            {
                underWay = instance;
                SentInstance sent = await SendOneAsync(association, instance, cancellationToken);
                underWay = null;
                told(sent);
                if (sent.Sent)
                {
                    journal?.Add(instance);
                }

                if (sent.Status.StartsWith("A7", StringComparison.Ordinal))
                {
                    return new CommandException(
                        $"{peer.CalledAeTitle} has no room ({sent.Status} {sent.Detail}).",
                        "Make room there, then send again; what it has already, it may be sent again.");
                }
            }

            await DicomConnection.ReleaseAsync(association, noted, cancellationToken);
            return null;
        }
        catch (AssociationException ended)
        {
            if (underWay is not null)
            {
                told(SentInstance.Of(
                    underWay, SendOutcome.Unanswered,
                    "not answered: the association ended meanwhile; the peer may have it, and it may be sent again"));
            }

            return DicomConnection.Explain(ended, peer);
        }
        catch (Exception unreadable) when (underWay is not null && IsUnreadable(unreadable))
        {
            told(SentInstance.Of(underWay, SendOutcome.Unanswered, "not answered: it could not be read to its end"));
            return new CommandException(
                $"An instance could not be read to its end ({unreadable.GetType().Name}).", "See its line; correct it, then send again.");
        }
        catch (CommandException unreachable)
        {
            return unreachable;
        }
    }

    // One that is converted was read before, and has changed since.
    private static bool IsUnreadable(Exception exception) =>
        exception is IOException or InvalidDataException or DicomFormatException;

    private static async Task<SentInstance> SendOneAsync(
        AssociationRequestor association, OutgoingInstance instance, CancellationToken cancellationToken)
    {
        if (association.FindTransfer(instance.ToRetrieved()) is not { } transfer)
        {
            return SentInstance.Of(
                instance, SendOutcome.Unsent, "not sent: the peer takes no such SOP class in this transfer syntax");
        }

        Stream dataSet;
        try
        {
            dataSet = await transfer.OpenAsync(cancellationToken);
        }
        catch (InstanceException unconverted)
        {
            return SentInstance.Of(instance, SendOutcome.Unsent, "not sent: " + unconverted.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or BlobMissingException)
        {
            return SentInstance.Of(instance, SendOutcome.Unsent, "not sent: its bytes cannot be read any more");
        }

        await using Stream opened = dataSet;
        StoreResponse response = await association.StoreAsync(transfer.Context, instance.SopInstance, dataSet, cancellationToken);
        SendOutcome outcome = response.Status == DimseStatus.Success ? SendOutcome.Stored
            : DimseStatus.IsStored(response.Status) ? SendOutcome.Warned
            : SendOutcome.Refused;
        return SentInstance.Of(instance, outcome, response.Comment ?? string.Empty) with
        {
            Status = response.Status.ToString("X4", CultureInfo.InvariantCulture),
        };
    }

    private Task<AssociationRequestor> OpenAsync(
        DicomConnection connection, IReadOnlyList<PresentationContext> contexts, CancellationToken cancellationToken) =>
        AssociationRequestor.OpenAsync(
            connection,
            new RequestorOptions { CallingAeTitle = peer.CallingAeTitle, CalledAeTitle = peer.CalledAeTitle },
            contexts, time, cancellationToken);
}
