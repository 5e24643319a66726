using System.Globalization;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Network;

namespace RecordHub.Cli.Dicom;

/// <summary>Sends files by C-STORE, over as many associations as their SOP classes and transfer syntaxes need.</summary>
internal sealed class DicomSender(DicomPeer peer, TimeProvider time)
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
            await association.ReleaseAsync(cancellationToken);
            return status;
        }
        catch (AssociationException ended)
        {
            throw DicomConnection.Explain(ended, peer);
        }
    }

    /// <summary>Sends the files, and tells of each what the peer answered.</summary>
    /// <exception cref="CommandException">The association was refused or broke.</exception>
    public async Task SendAsync(
        IEnumerable<string> paths, Action<SentInstance> told, CancellationToken cancellationToken)
    {
        List<OutgoingInstance> instances = [];
        foreach (string path in paths)
        {
            (OutgoingInstance? instance, string reason) = await OutgoingInstance.ReadAsync(path, cancellationToken);
            if (instance is null)
            {
                told(new SentInstance(path, string.Empty, string.Empty, false, "not sent: " + reason));
            }
            else
            {
                instances.Add(instance);
            }
        }

        ILookup<(Uid, Uid), OutgoingInstance> bySyntax = instances.ToLookup(i => (i.SopClass, i.TransferSyntax));
        foreach (IReadOnlyList<PresentationContext> contexts in ContextPlan.For(bySyntax.Select(group => group.Key)))
        {
            IEnumerable<OutgoingInstance> share = contexts.SelectMany(
                context => bySyntax[(context.AbstractSyntax, context.TransferSyntaxes[0])]);
            await SendShareAsync(contexts, share, told, cancellationToken);
        }
    }

    private async Task SendShareAsync(
        IReadOnlyList<PresentationContext> contexts, IEnumerable<OutgoingInstance> instances, Action<SentInstance> told,
        CancellationToken cancellationToken)
    {
        using DicomConnection connection = await DicomConnection.OpenAsync(peer, cancellationToken);
        try
        {
            await using AssociationRequestor association = await OpenAsync(connection, contexts, cancellationToken);
            foreach (OutgoingInstance instance in instances)
            {
                told(await SendOneAsync(association, instance, cancellationToken));
            }

            await association.ReleaseAsync(cancellationToken);
        }
        catch (AssociationException ended)
        {
            throw DicomConnection.Explain(ended, peer);
        }
    }

    private static async Task<SentInstance> SendOneAsync(
        AssociationRequestor association, OutgoingInstance instance, CancellationToken cancellationToken)
    {
        string uid = instance.SopInstance.ToString();
        if (association.FindContext(instance.SopClass, instance.TransferSyntax) is not { } context)
        {
            return new SentInstance(
                instance.Path, uid, string.Empty, false, "not sent: the peer takes no such SOP class in this transfer syntax");
        }

        await using FileStream file = File.OpenRead(instance.Path);
        file.Position = instance.DataSetOffset;
        StoreResponse response = await association.StoreAsync(context, instance.SopInstance, file, cancellationToken);
        return new SentInstance(
            instance.Path, uid, response.Status.ToString("X4", CultureInfo.InvariantCulture),
            DimseStatus.IsStored(response.Status), response.Comment ?? string.Empty);
    }

    private Task<AssociationRequestor> OpenAsync(
        DicomConnection connection, IReadOnlyList<PresentationContext> contexts, CancellationToken cancellationToken) =>
        AssociationRequestor.OpenAsync(
            connection,
            new RequestorOptions { CallingAeTitle = peer.CallingAeTitle, CalledAeTitle = peer.CalledAeTitle },
            contexts, time, cancellationToken);
}
