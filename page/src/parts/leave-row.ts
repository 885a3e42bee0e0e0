/** Before a row of a list goes away with the focus in it: the focus moves to the next row's button, else to the view. */
export function leaveRow(button: Element): void {
  const row = button.closest('li');
  const next = row?.nextElementSibling ?? row?.previousElementSibling;
  const stays = next?.querySelector<HTMLElement>('button') ?? document.getElementById('content');
  stays?.focus();
}
