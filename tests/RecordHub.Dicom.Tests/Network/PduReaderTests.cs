using System.Buffers;
using CsCheck;
using NUnit.Framework;
using RecordHub.Dicom.Network;
using static RecordHub.Dicom.Tests.Network.NetworkUids;

namespace RecordHub.Dicom.Tests.Network;

public sealed class PduReaderTests
{
    [TestCaseSource(typeof(SamplePdus), nameof(SamplePdus.All))]
    public void TryRead_reads_the_same_pdu_wherever_the_segments_split(byte[] pdu)
    {
        for (int split = 0; split <= pdu.Length; split++)
        {
            ReadOnlySequence<byte> buffer = Bytes.SplitAt(pdu, split);

            Assert.That(PduReader.TryReadHeader(ref buffer, out PduHeader header), Is.True);
            Assert.That(header.Type, Is.EqualTo((PduType)pdu[0]));
            Assert.That(PduReader.TryReadBody(ref buffer, header, out ReadOnlySequence<byte> body), Is.True);
            Assert.That(body.ToArray(), Is.EqualTo(pdu[6..]));
            Assert.That(buffer.IsEmpty, Is.True);
        }
    }

    [TestCaseSource(typeof(SamplePdus), nameof(SamplePdus.All))]
    public void A_short_buffer_is_left_untouched_at_every_truncation(byte[] pdu)
    {
        for (int length = 0; length < pdu.Length; length++)
        {
            ReadOnlySequence<byte> buffer = Bytes.Scattered(pdu.AsMemory(0, length));
            bool hasHeader = PduReader.TryReadHeader(ref buffer, out PduHeader header);

            Assert.That(hasHeader, Is.EqualTo(length >= PduHeader.Size));
            long before = buffer.Length;
            Assert.That(hasHeader && PduReader.TryReadBody(ref buffer, header, out _), Is.False);
            Assert.That(buffer.Length, Is.EqualTo(before));
        }
    }

    [Test]
    public void A_first_byte_that_is_no_pdu_type_is_refused_before_more_is_awaited()
    {
        for (int type = 0; type <= 255; type++)
        {
            ReadOnlySequence<byte> buffer = new([(byte)type]);
            if (type is >= 1 and <= 7)
            {
                Assert.That(PduReader.TryReadHeader(ref buffer, out _), Is.False);
            }
            else
            {
                AssociationException? refused =
                    Assert.Throws<AssociationException>(() => PduReader.TryReadHeader(ref buffer, out _));
                Assert.That(refused?.Reason, Is.EqualTo(AbortReason.UnrecognizedPdu));
            }
        }
    }

    [Test]
    public void A_request_comes_back_as_it_was_written()
    {
        AssociateRequestPdu read = AssociatePduReader.ReadRequest(new(SamplePdus.RequestBytes.AsMemory(6)));

        Assert.That(SamplePdus.Written(output => PduWriter.WriteRequest(output, read)), Is.EqualTo(SamplePdus.RequestBytes));
        Assert.That(read.User.Identity?.Secondary.ToArray(), Is.EqualTo("word"u8.ToArray()));
        Assert.That(read.User.CommonExtended[0].RelatedGeneral, Is.EqualTo(new[] { MrImageStorage, Verification }));
    }

    [Test]
    public void An_answer_comes_back_as_it_was_written()
    {
        AssociateAcceptPdu read = AssociatePduReader.ReadAccept(new(SamplePdus.AcceptBytes.AsMemory(6)));

        Assert.That(SamplePdus.Written(output => PduWriter.WriteAccept(output, read)), Is.EqualTo(SamplePdus.AcceptBytes));
    }

    [Test]
    public void A_body_cut_anywhere_is_read_as_less_or_refused_and_nothing_else()
    {
        byte[] body = SamplePdus.RequestBytes[6..];
        for (int length = 0; length < body.Length; length++)
        {
            AssertReadsOrRefuses(body[..length]);
        }
    }

    [Test]
    public void Changed_and_random_bodies_are_read_or_refused_and_nothing_else()
    {
        byte[] request = SamplePdus.RequestBytes[6..];
        Gen.Select(Gen.Int[0, request.Length - 1], Gen.Byte, Gen.Int[0, request.Length - 1], Gen.Byte)
            .Sample(change =>
            {
                byte[] mutated = [.. request];
                mutated[change.Item1] = change.Item2;
                mutated[change.Item3] = change.Item4;
                AssertReadsOrRefuses(mutated);
            }, iter: 20_000);
        Gen.Byte.Array[0, 400].Sample(AssertReadsOrRefuses, iter: 5_000);
    }

    [TestCase(0)]
    [TestCase(2)]
    public void An_even_context_id_is_refused(byte id)
    {
        AssertRefused(SamplePdus.Request with { Contexts = [new PresentationContext(id, Verification, [ImplicitLittle])] });
    }

    [Test]
    public void A_context_id_used_twice_is_refused()
    {
        PresentationContext context = new(1, Verification, [ImplicitLittle]);
        AssertRefused(SamplePdus.Request with { Contexts = [context, context] });
    }

    [Test]
    public void Unknown_items_and_sub_items_are_passed_over()
    {
        byte[] body = SamplePdus.RequestBytes[6..];
        byte[] user = [0x50, 0, 0, 16, 0x51, 0, 0, 4, 0, 0, 0x40, 0, 0x5F, 0, 0, 4, 1, 2, 3, 4];
        byte[] unknown = [0x7A, 0xFF, 0, 3, 9, 9, 9];
        AssociateRequestPdu read = AssociatePduReader.ReadRequest(new([.. body[..68], .. unknown, .. user]));

        Assert.That(read.User.MaxPduLength, Is.EqualTo(16384));
        Assert.That(read.Contexts, Is.Empty);
    }

    [Test]
    public void Outer_spaces_of_titles_do_not_count_and_what_cannot_be_shown_is_replaced()
    {
        byte[] body = SamplePdus.RequestBytes[6..];
        "  RECORD\nHUB    "u8.CopyTo(body.AsSpan(4));
        AssociateRequestPdu read = AssociatePduReader.ReadRequest(new(body));

        Assert.That(read.CalledAeTitle, Is.EqualTo("RECORD?HUB"));
    }

    [Test]
    public void A_presentation_data_value_must_fit_its_pdu()
    {
        byte[] head = [0, 0, 0, 10, 1, 3];
        for (uint remaining = 0; remaining < 14; remaining++)
        {
            uint left = remaining;
            Assert.Throws<AssociationException>(() =>
            {
                ReadOnlySequence<byte> buffer = new(head);
                PduReader.TryReadPdvHeader(ref buffer, left, out _);
            });
        }

        ReadOnlySequence<byte> whole = new(head);
        Assert.That(PduReader.TryReadPdvHeader(ref whole, 14, out PdvHeader pdv), Is.True);
        Assert.That(pdv, Is.EqualTo(new PdvHeader(1, true, true, 8)));
    }

    private static void AssertRefused(AssociateRequestPdu request)
    {
        byte[] bytes = SamplePdus.Written(output => PduWriter.WriteRequest(output, request));
        AssociationException? refused = Assert.Throws<AssociationException>(
            () => AssociatePduReader.ReadRequest(new(bytes.AsMemory(6))));
        Assert.That(refused?.Reason, Is.EqualTo(AbortReason.InvalidPduParameterValue));
    }

    private static void AssertReadsOrRefuses(byte[] body)
    {
        try
        {
            AssociatePduReader.ReadRequest(Bytes.SplitAt(body, body.Length / 2));
            AssociatePduReader.ReadAccept(Bytes.SplitAt(body, body.Length / 3));
        }
        catch (AssociationException)
        {
            // The declared refusal.
        }
    }
}
