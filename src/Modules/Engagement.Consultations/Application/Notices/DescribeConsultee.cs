using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain.Notices;
using Engagement.Kernel;
using Engagement.Platform.Security;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application.Notices;

/// <summary>Adds somebody whom no regime names and who is asked in person all the same.</summary>
/// <param name="Contact">Whom to write to, and where; kept encrypted.</param>
[RequiresScope("consultations:write")]
public sealed record AddConsultee(ConsultationId Id, string Name, string? Contact) : ICommand<ConsulteesView>;

/// <summary>Says who somebody is here whom a regime names in general, and whom to write to.</summary>
/// <param name="ExpectedVersion">The version of the list that the caller read; null where the caller need not have read one.</param>
[RequiresScope("consultations:write")]
public sealed record DescribeConsultee(ConsultationId Id, ConsulteeId ConsulteeId, string Name, string? Contact, int? ExpectedVersion = null) : ICommand<ConsulteesView>;

internal sealed class AddConsulteeValidator : AbstractValidator<AddConsultee>
{
    public AddConsulteeValidator()
    {
        RuleFor(c => c.Name).NotEmpty().WithMessage("Enter who is to be asked").IsText(500);
        RuleFor(c => c.Contact).IsText(1_000);
    }
}

internal sealed class DescribeConsulteeValidator : AbstractValidator<DescribeConsultee>
{
    public DescribeConsulteeValidator()
    {
        RuleFor(c => c.Name).NotEmpty().WithMessage("Enter who is to be asked").IsText(500);
        RuleFor(c => c.Contact).IsText(1_000);
    }
}

internal sealed class DescribeConsulteeHandler(IConsultationsDb db, MasterKey masterKey, TimeProvider clock)
    : IRequestHandler<AddConsultee, ConsulteesView>, IRequestHandler<DescribeConsultee, ConsulteesView>
{
    public async Task<ConsulteesView> Handle(AddConsultee request, CancellationToken cancellationToken)
    {
        await db.MustExist(request.Id, cancellationToken);
        var list = await db.ConsulteeLists.SingleOrDefaultAsync(l => l.ConsultationId == request.Id, cancellationToken);
        if (list is null)
        {
            list = ConsulteeList.Of(request.Id);
            db.ConsulteeLists.Add(list);
        }

        list.Add(request.Name, request.Contact, masterKey, clock.GetUtcNow());
        return await db.SaveConsultees(list, cancellationToken);
    }

    public async Task<ConsulteesView> Handle(DescribeConsultee request, CancellationToken cancellationToken)
    {
        var list = await db.LoadConsultees(request.Id, request.ExpectedVersion, cancellationToken);
        list.Describe(request.ConsulteeId, request.Name, request.Contact, masterKey, clock.GetUtcNow());
        return await db.SaveConsultees(list, cancellationToken);
    }
}
