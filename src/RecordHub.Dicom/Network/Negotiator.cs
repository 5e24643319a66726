using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Files;

namespace RecordHub.Dicom.Network;

/// <summary>Answers a request for an association (PS3.8 §9.3.3, PS3.7 Annex D). Pure: the same request, the same answer.</summary>
internal static class Negotiator
{
    // Level 2 (full) storage; digital signature level 3, bit-preserving; no coercion (PS3.4 §B.3.1).
    private static readonly byte[] s_storageInformation = [2, 0, 3, 0, 0, 0];

    /// <summary>Refuses for what the protocol itself asks; null when there is nothing against it.</summary>
    public static AssociationRejection? Refuse(AssociateRequestPdu request)
    {
        // Bit 0 is version 1; the other bits are not tested (PS3.8 Table 9-11).
        if ((request.ProtocolVersion & 1) == 0)
        {
            return AssociationRejection.ProtocolVersion;
        }

        return request.ApplicationContext == WellKnownUids.ApplicationContext
            ? null
            : AssociationRejection.ApplicationContext;
    }

    /// <summary>The answer to a request that was accepted.</summary>
    public static AssociateAcceptPdu Accept(
        AssociateRequestPdu request, AcceptorOptions options, ReadOnlyMemory<byte>? identityResponse,
        IReadOnlySet<byte>? refusedByPolicy = null)
    {
        UserInformation user = request.User;
        ContextAnswer[] contexts = [.. request.Contexts.Select(context =>
            Answer(context, user, options, refusedByPolicy?.Contains(context.Id) == true))];
        bool gets = request.Contexts.Zip(contexts).Any(pair =>
            pair.Second.Result == PresentationContextResult.Acceptance && IsGet(pair.First.AbstractSyntax));
        return new AssociateAcceptPdu
        {
            CalledAeTitle = request.CalledAeTitle,
            CallingAeTitle = request.CallingAeTitle,
            Contexts = contexts,
            User = new UserInformation
            {
                MaxPduLength = options.MaxPduLength,
                ImplementationClassUid = Implementation.ClassUid,
                ImplementationVersionName = Implementation.VersionName,
                Window = Answer(user.Window, options),
                Roles = [.. user.Roles.Where(role => !role.SopClass.IsNone).Select(role => Answer(role, user, options, gets))],
                Extended =
                    [.. user.Extended.Select(extended => Answer(extended, user, options)).OfType<ExtendedNegotiation>()],
                IdentityResponse = user.Identity is { ResponseRequested: true } ? identityResponse : null,
            },
        };
    }

    /// <summary>The contexts that both sides agreed on.</summary>
    public static IReadOnlyDictionary<byte, AcceptedContext> Agreed(
        IReadOnlyList<PresentationContext> proposed, IReadOnlyList<ContextAnswer> answers,
        IReadOnlyList<RoleSelection> roles)
    {
        Dictionary<byte, AcceptedContext> agreed = [];
        foreach (ContextAnswer answer in answers)
        {
            PresentationContext? context = proposed.FirstOrDefault(context => context.Id == answer.Id);
            if (answer.Result == PresentationContextResult.Acceptance && context is not null
                && context.TransferSyntaxes.Contains(answer.TransferSyntax))
            {
                RoleSelection? role = roles.FirstOrDefault(role => role.SopClass == context.AbstractSyntax);
                agreed[answer.Id] = new AcceptedContext(answer.Id, context.AbstractSyntax, answer.TransferSyntax)
                {
                    RequestorIsScu = role?.Scu ?? true,
                    RequestorIsScp = role?.Scp ?? false,
                };
            }
        }

        return agreed;
    }

    /// <summary>The contexts that were not taken, in the order of their proposal.</summary>
    public static IReadOnlyList<RefusedContext> Refused(
        IReadOnlyList<PresentationContext> proposed, IReadOnlyList<ContextAnswer> answers) =>
        [.. proposed.Zip(answers, (context, answer) => new RefusedContext(context, answer.Result))
            .Where(context => context.Result != PresentationContextResult.Acceptance)];

    /// <summary>The common extended negotiation for a SOP class; null when there is none.</summary>
    public static CommonExtendedNegotiation? Common(UserInformation user, Uid sopClass)
    {
        foreach (CommonExtendedNegotiation common in user.CommonExtended)
        {
            if (common.SopClass == sopClass)
            {
                return common;
            }
        }

        return null;
    }

    private static ContextAnswer Answer(
        PresentationContext context, UserInformation user, AcceptorOptions options, bool refusedByPolicy)
    {
        bool isService = options.Services.Contains(context.AbstractSyntax);
        bool known = isService || context.AbstractSyntax == WellKnownUids.Verification
            || AcceptedSyntaxes.IsStorage(context.AbstractSyntax, options, Common(user, context.AbstractSyntax));

        // The sender's first choice: what it has, it need not transcode.
        Uid chosen = context.TransferSyntaxes.FirstOrDefault(
            offered => isService
                ? AcceptedSyntaxes.IsServiceTransferSyntax(offered)
                : AcceptedSyntaxes.IsTransferSyntax(offered, options));
        PresentationContextResult result = (known, refusedByPolicy, chosen.IsNone) switch
        {
            (false, _, _) => PresentationContextResult.AbstractSyntaxNotSupported,
            (_, true, _) => PresentationContextResult.UserRejection,
            (_, _, true) => PresentationContextResult.TransferSyntaxesNotSupported,
            _ => PresentationContextResult.Acceptance,
        };

        // On refusal the sub-item is there and means nothing; old peers fail without it.
        Uid answered = result == PresentationContextResult.Acceptance ? chosen : WellKnownUids.ImplicitVrLittleEndian;
        return new ContextAnswer(context.Id, result, answered);
    }

    private static AsynchronousWindow? Answer(AsynchronousWindow? asked, AcceptorOptions options)
    {
        if (asked is not { } window)
        {
            return null;
        }

        ushort ours = options.MaxOperationsInvoked;
        ushort invoked = window.Invoked == 0 ? ours : Math.Min(window.Invoked, ours);

        // What we invoke on an association that we accepted, we invoke one by one.
        return new AsynchronousWindow(invoked, 1);
    }

    /// <summary>
    /// The peer may be SCU of what it proposes, and SCP of storage classes when it gets: it then takes what we send
    /// (PS3.4 §C.4.3).
    /// </summary>
    private static RoleSelection Answer(RoleSelection asked, UserInformation user, AcceptorOptions options, bool gets) =>
        asked with
        {
            Scp = asked.Scp && (options.ReportsTaken.Contains(asked.SopClass)
                || (gets && AcceptedSyntaxes.IsStorage(asked.SopClass, options, Common(user, asked.SopClass)))),
        };

    private static ExtendedNegotiation? Answer(ExtendedNegotiation asked, UserInformation user, AcceptorOptions options)
    {
        if (QueryRetrieveClass.TryFind(asked.SopClass, out _) && options.Services.Contains(asked.SopClass))
        {
            return asked with { Information = QueryOptions.Read(asked.Information.Span).ToBytes(asked.Information.Length) };
        }

        return AcceptedSyntaxes.IsStorage(asked.SopClass, options, Common(user, asked.SopClass))
            ? asked with { Information = s_storageInformation }
            : null;
    }

    private static bool IsGet(Uid sopClass) =>
        QueryRetrieveClass.TryFind(sopClass, out QueryRetrieveClass? query) && query.Service == QueryService.Get;
}
