using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Network;
using static RecordHub.Dicom.Tests.Network.NetworkUids;

namespace RecordHub.Dicom.Tests.Network;

public sealed class NegotiatorTests
{
    private static readonly Uid s_private = Uid.Parse("1.2.3.4.5");
    private static readonly AcceptorOptions s_options = new();

    [Test]
    public void Every_context_is_answered_with_its_own_result()
    {
        AssociateAcceptPdu answer = Accept(
            new PresentationContext(1, Verification, [ImplicitLittle]),
            new PresentationContext(3, StudyRootFind, [ImplicitLittle]),
            new PresentationContext(5, CtImageStorage, [s_private]),
            new PresentationContext(7, CtImageStorage, []),
            new PresentationContext(255, Uid.None, [ImplicitLittle]));

        Assert.That(answer.Contexts.Select(c => (c.Id, (int)c.Result)),
            Is.EqualTo(new[] { ((byte)1, 0), ((byte)3, 3), ((byte)5, 4), ((byte)7, 4), ((byte)255, 3) }));
    }

    [Test]
    public void The_senders_first_known_transfer_syntax_is_taken()
    {
        AssociateAcceptPdu answer = Accept(
            new PresentationContext(1, CtImageStorage, [s_private, Jpeg2000, ExplicitLittle, ImplicitLittle]));

        Assert.That(answer.Contexts[0].TransferSyntax, Is.EqualTo(Jpeg2000));
    }

    [Test]
    public void Every_storage_class_of_the_standard_is_taken_in_every_transfer_syntax()
    {
        Assert.That(UidDictionary.StorageSopClasses, Has.Count.GreaterThanOrEqualTo(171));
        foreach (UidEntry sopClass in UidDictionary.StorageSopClasses)
        {
            Assert.That(Accept(new PresentationContext(1, sopClass.Uid, [ExplicitLittle])).Contexts[0].Result,
                Is.EqualTo(PresentationContextResult.Acceptance), sopClass.Name);
        }

        int taken = UidDictionary.TransferSyntaxes.Count(syntax =>
            Accept(new PresentationContext(1, CtImageStorage, [syntax.Uid])).Contexts[0].Result
                == PresentationContextResult.Acceptance);
        Assert.That(taken, Is.GreaterThanOrEqualTo(45).And.EqualTo(UidDictionary.TransferSyntaxes.Count - 2),
            "all but MIME and XML, which encode no data set");
    }

    [Test]
    public void Private_syntaxes_are_taken_when_they_are_allowed_by_name()
    {
        AcceptorOptions options = s_options with
        {
            AdditionalAbstractSyntaxes = new HashSet<Uid> { s_private },
            AdditionalTransferSyntaxes = new HashSet<Uid> { s_private },
        };
        AssociateAcceptPdu answer = Negotiator.Accept(
            Request(new PresentationContext(1, s_private, [s_private])), options, null);

        Assert.That(answer.Contexts[0].Result, Is.EqualTo(PresentationContextResult.Acceptance));
    }

    [Test]
    public void A_service_is_taken_in_a_syntax_that_its_data_sets_can_be_read_in()
    {
        AcceptorOptions options = s_options with { Services = new HashSet<Uid> { StudyRootFind } };
        AssociateAcceptPdu answer = Negotiator.Accept(
            Request(
                new PresentationContext(1, StudyRootFind, [Jpeg2000, ExplicitLittle]),
                new PresentationContext(3, StudyRootFind, [Jpeg2000])),
            options, null);

        Assert.That(answer.Contexts[0].TransferSyntax, Is.EqualTo(ExplicitLittle));
        Assert.That(answer.Contexts[1].Result, Is.EqualTo(PresentationContextResult.TransferSyntaxesNotSupported));
    }

    [Test]
    public void A_private_class_offered_as_a_storage_class_is_taken()
    {
        Uid storageService = Uid.Parse("1.2.840.10008.4.2");
        AssociateRequestPdu byService = Request(new PresentationContext(1, s_private, [ExplicitLittle])) with
        {
            User = new UserInformation { CommonExtended = [new(s_private, storageService, [])] },
        };
        AssociateRequestPdu byRelation = byService with
        {
            User = new UserInformation { CommonExtended = [new(s_private, Uid.None, [CtImageStorage])] },
        };

        Assert.That(Negotiator.Accept(byService, s_options, null).Contexts[0].Result, Is.EqualTo(PresentationContextResult.Acceptance));
        Assert.That(Negotiator.Accept(byRelation, s_options, null).Contexts[0].Result, Is.EqualTo(PresentationContextResult.Acceptance));
    }

    [TestCase((ushort)0, false)]
    [TestCase((ushort)1, true)]
    [TestCase((ushort)2, false)]
    [TestCase((ushort)0xFFFF, true)]
    public void Only_bit_0_of_the_protocol_version_counts(ushort version, bool taken)
    {
        AssociationRejection? refusal = Negotiator.Refuse(Request() with { ProtocolVersion = version });

        Assert.That(refusal, taken ? Is.Null : Is.EqualTo(AssociationRejection.ProtocolVersion));
    }

    [Test]
    public void Another_application_context_is_refused()
    {
        Assert.That(Negotiator.Refuse(Request() with { ApplicationContext = s_private }),
            Is.EqualTo(AssociationRejection.ApplicationContext));
    }

    [Test]
    public void What_was_not_asked_is_not_answered()
    {
        UserInformation answer = Accept().User;

        Assert.That(answer.Window, Is.Null);
        Assert.That(answer.Roles, Is.Empty);
        Assert.That(answer.Extended, Is.Empty);
        Assert.That(answer.IdentityResponse, Is.Null);
    }

    [TestCase(true, true)]
    [TestCase(false, false)]
    public void A_user_identity_is_answered_only_when_that_was_asked(bool asked, bool answered)
    {
        AssociateRequestPdu request = Request() with
        {
            User = new UserInformation { Identity = new UserIdentity(1, asked, "name"u8.ToArray(), default) },
        };

        Assert.That(Negotiator.Accept(request, s_options, Array.Empty<byte>()).User.IdentityResponse.HasValue,
            Is.EqualTo(answered));
    }

    [TestCase((ushort)0, (ushort)64)]
    [TestCase((ushort)1, (ushort)1)]
    [TestCase((ushort)8, (ushort)8)]
    [TestCase((ushort)1000, (ushort)64)]
    public void The_window_is_the_smaller_one_and_unlimited_is_ours(ushort asked, ushort answered)
    {
        AssociateRequestPdu request = Request() with
        {
            User = new UserInformation { Window = new AsynchronousWindow(asked, 3) },
        };

        Assert.That(Negotiator.Accept(request, s_options, null).User.Window,
            Is.EqualTo(new AsynchronousWindow(answered, 1)));
    }

    [Test]
    public void Storage_is_full_and_bit_preserving()
    {
        UserInformation answer = Negotiator.Accept(SamplePdus.Request, s_options, null).User;

        Assert.That(answer.Extended[0].Information.ToArray(), Is.EqualTo(new byte[] { 2, 0, 3, 0, 0, 0 }));
        Assert.That(answer.Roles[0], Is.EqualTo(new RoleSelection(CtImageStorage, true, false)));
    }

    [Test]
    public void A_plan_gives_each_pair_a_context_and_splits_after_128()
    {
        IReadOnlyList<ContextShare> plan =
            ContextPlan.For(Enumerable.Range(0, 300).Select(i => (Uid.Parse($"1.2.{i % 150}"), Jpeg2000)));

        Assert.That(plan.Select(share => share.Contexts.Count), Is.EqualTo(new[] { 128, 22 }));
        Assert.That(plan[0].Contexts.Select(context => (int)context.Id), Is.EqualTo(Enumerable.Range(0, 128).Select(i => (2 * i) + 1)));
    }

    [TestCase("1.2.840.10008.1.2", "1.2.840.10008.1.2 1.2.840.10008.1.2.1")]
    [TestCase("1.2.840.10008.1.2.1", "1.2.840.10008.1.2.1 1.2.840.10008.1.2")]
    [TestCase("1.2.840.10008.1.2.2", "1.2.840.10008.1.2.2 1.2.840.10008.1.2.1 1.2.840.10008.1.2")]
    [TestCase("1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.1.99 1.2.840.10008.1.2.1 1.2.840.10008.1.2")]
    [TestCase("1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.90")]
    public void What_is_uncompressed_is_proposed_in_the_default_of_DICOM_too(string stored, string proposed)
    {
        ContextShare share = ContextPlan.For([(CtImageStorage, Uid.Parse(stored))]).Single();

        Assert.That(
            share.Contexts.Select(context => context.TransferSyntaxes.Single().ToString()), Is.EqualTo(proposed.Split(' ')));
    }

    [Test]
    public void A_pair_is_in_the_share_that_has_all_its_contexts()
    {
        IReadOnlyList<ContextShare> plan = ContextPlan.For(
            Enumerable.Range(0, 300).Select(i => (Uid.Parse($"1.2.{i % 150}"), i < 150 ? ExplicitLittle : ExplicitBig)));

        Assert.That(plan.Sum(share => share.Instances.Count), Is.EqualTo(300));
        foreach (ContextShare share in plan)
        {
            Assert.That(share.Contexts, Has.Count.InRange(1, ContextPlan.MaxContexts));
            Assert.That(
                share.Contexts.Select(context => (context.AbstractSyntax, context.TransferSyntaxes.Single())),
                Is.Unique.And.SupersetOf(share.Instances.SelectMany(pair =>
                    new[] { pair, (pair.SopClass, ExplicitLittle), (pair.SopClass, WellKnownUids.ImplicitVrLittleEndian) }).Distinct()));
        }
    }

    private static AssociateRequestPdu Request(params PresentationContext[] contexts) => new()
    {
        CalledAeTitle = "A",
        CallingAeTitle = "B",
        Contexts = contexts,
        User = new UserInformation(),
    };

    private static AssociateAcceptPdu Accept(params PresentationContext[] contexts) =>
        Negotiator.Accept(Request(contexts), s_options, null);
}
